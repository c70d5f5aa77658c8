using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Probes.Subjects;
using MWork.Testing;
using Xunit.Abstractions;

namespace MWork.Hypotheses;

/// <summary>
/// While language-specific attention neurons thin out in the middle (C2), feed-forward neurons do not: it is there that the model draws on
/// knowledge in many languages. Zhao et al. 2024, section 3.2 and figure 4; equivalence needs the margin that the paper does not name.
/// </summary>
[Hypothesis("StableFfn")]
public sealed class StableFfnTests(ITestOutputHelper output) : HypothesisTest(output)
{
    internal static readonly StableFfnProtocol Protocol = new()
    {
        Version = 1,
        Selection = NeuronSelection.Default,
        Draws = 200,             // of m documents: ten values lie beyond either end of a 90 % interval
        SmallestRatio = 0.8,     // a change of a quarter either way is what would matter
        Seed = 20240229,
    };

    internal static readonly Claim T1 = new(
        "T1",
        "StableFfn",
        "Feed-forward neurons of a language do not thin out in the middle layers.",
        "Zhao et al. 2024, section 3.2, figure 4",
        [new Criterion("log ratio, solving to outer", "log of neurons per layer", Region.Inside(Math.Log(Protocol.SmallestRatio), -Math.Log(Protocol.SmallestRatio)))]);

    [Theory, Claim("T1")]
    public void T1_feed_forward_neurons_do_not_thin_out(string subject) =>
        Decide(T1, Protocol, subject, s => LayerCounts.Measure(s, T1, Protocol.Selection, Protocol.Draws, attention: false) with
        {
            Grids = [DescribedAgainstReleased.Compare(s, Protocol.Selection)],
            Nulls = IsAskedForStability(s) ? DetectorStability.OfFfn(s, Protocol.Selection) : null,
        });

    // A model that differs from the positive control in one mechanism says little more about the detectors, at twelve passes over the text.
    private static bool IsAskedForStability(Subject subject) =>
        SubjectCatalog.IsLong || subject.Planted.Count == 0 || subject.Expected(T1.Id) == Verdict.Supported;
}

/// <summary>What decides T1.</summary>
internal sealed record StableFfnProtocol : Protocol
{
    public required NeuronSelection Selection { get; init; }

    public required int Draws { get; init; }

    public required double SmallestRatio { get; init; }
}
