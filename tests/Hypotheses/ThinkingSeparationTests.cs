using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Testing;
using Xunit.Abstractions;

namespace MWork.Hypotheses;

/// <summary>
/// Thinking is done by attention in the pivot, knowledge comes from feed-forward neurons in many languages. Zhao et al. 2024, section 4.2,
/// table 3; the comparison of knowledge with reasoning on equally hard items is this project's.
/// </summary>
[Hypothesis("ThinkingSeparation")]
public sealed class ThinkingSeparationTests(ITestOutputHelper output) : HypothesisTest(output)
{
    internal static readonly ThinkingSeparationProtocol Protocol = new()
    {
        Version = 2,                 // 1 had BCa intervals
        Selection = NeuronSelection.Default,
        SmallestGap = 0.05,          // S1, in log-odds
        SmallestDrop = 0.5,          // δ of S2
        Equivalence = 0.5,           // a reasoning drop within ± this much is none
        Caliper = 0.5,
        FewestFacts = 32,             // a deviation of 1 nat then has power 0.8 at twice δ
        FewestReasoning = 350,       // what a standard deviation of 1.5 nats takes for power 0.8 within ± 0.5 at half of it
        SmallestAccuracy = 0.5,
        Seed = 20240229,
    };

    internal static readonly Claim S1 = new(
        "S1",
        "ThinkingSeparation",
        "Attention neurons of all languages, off in the task-solving layers, hurt the pivot more than the others.",
        "Zhao et al. 2024, section 4.2, table 3",
        [new Criterion("drop in pivot − drop in ℓ", "log-odds", Region.Above(Protocol.SmallestGap))]);

    internal static readonly Claim S2 = new(
        "S2",
        "ThinkingSeparation",
        "Feed-forward neurons of a language carry knowledge and not reasoning.",
        "Zhao et al. 2024, section 4.2; this project",
        [
            new Criterion("drop on knowledge − on reasoning", "log-odds", Region.Above(Protocol.SmallestDrop)),
            new Criterion("drop on reasoning", "log-odds", Region.Inside(-Protocol.Equivalence, Protocol.Equivalence)),
        ]);

    [Theory, Claim("S1")]
    public void S1_attention_neurons_matter_most_to_the_pivot(string subject) =>
        Decide(S1, Protocol, subject, s => PivotThinking.Measure(s, S1, Protocol));

    [Theory, Claim("S2")]
    public void S2_feed_forward_neurons_carry_knowledge_and_not_reasoning(string subject) =>
        Decide(S2, Protocol, subject, s => KnowledgeAgainstReasoning.Measure(s, S2, Protocol));
}

/// <summary>What decides S1 and S2.</summary>
internal sealed record ThinkingSeparationProtocol : Protocol
{
    public required NeuronSelection Selection { get; init; }

    public required double SmallestGap { get; init; }

    public required double SmallestDrop { get; init; }

    public required double Equivalence { get; init; }

    /// <summary>How far the clean log-odds of two matched items may be apart, in nats.</summary>
    public required double Caliper { get; init; }

    /// <summary>Matched items per language without which there is no verdict.</summary>
    public required int FewestFacts { get; init; }

    /// <summary>Reasoning items without which equivalence cannot be shown.</summary>
    public required int FewestReasoning { get; init; }

    public required double SmallestAccuracy { get; init; }
}
