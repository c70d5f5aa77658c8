using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Testing;
using Xunit.Abstractions;

namespace MWork.Hypotheses;

/// <summary>
/// A model's native language costs it less: fewer neurons take part where the task is solved. The reading note's question, put to the
/// feed-forward layers; how many take part is the number that makes up nine tenths of what the layer adds.
/// </summary>
[Hypothesis("Ease")]
public sealed class EaseTests(ITestOutputHelper output) : HypothesisTest(output)
{
    internal static readonly EaseProtocol Protocol = new()
    {
        Version = 2,                 // 1 had BCa intervals
        Contribution = 0.9,          // of the sum of |activation| · ‖w_down‖: scale-free, so that layers and languages compare
        SmallestSaving = 0.05,
        Caliper = 0.5,
        FewestFacts = 32,
        SmallestAccuracy = 0.5,
        Seed = 20240229,
    };

    internal static readonly Claim P1 = new(
        "P1",
        "Ease",
        "In the task-solving layers, fewer neurons take part in the pivot than in other languages.",
        "this project, after the reading note",
        [new Criterion("neurons fewer in pivot than in ℓ", "share", Region.Above(Protocol.SmallestSaving))]);

    [Theory, Claim("P1")]
    public void P1_the_pivot_costs_less(string subject) => Decide(P1, Protocol, subject, s => Saving.Measure(s, P1, Protocol));
}

/// <summary>What decides P1.</summary>
internal sealed record EaseProtocol : Protocol
{
    /// <summary>The share of a layer's contribution that its largest contributors must make up.</summary>
    public required double Contribution { get; init; }

    public required double SmallestSaving { get; init; }

    public required double Caliper { get; init; }

    public required int FewestFacts { get; init; }

    public required double SmallestAccuracy { get; init; }
}
