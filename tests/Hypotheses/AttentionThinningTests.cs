using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Testing;
using Xunit.Abstractions;

namespace MWork.Hypotheses;

/// <summary>
/// As the query is converted, what attends to its language thins out: fewer attention neurons of a language in the middle layers than around them. Zhao
/// et al. 2024, section 3.2 and figure 4.
/// </summary>
[Hypothesis("Conversion")]
public sealed class AttentionThinningTests(ITestOutputHelper output) : HypothesisTest(output)
{
    internal static readonly AttentionThinningProtocol Protocol = new()
    {
        Version = 1,
        Selection = NeuronSelection.Default,
        Draws = 200,             // of m documents: five values lie beyond either end of a 95 % interval
        LargestRatio = 0.8,      // a fifth fewer: less would not be seen in the paper's figure
        Seed = 20240229,
    };

    internal static readonly Claim C2 = new(
        "C2",
        "Conversion",
        "Attention neurons of other languages thin out in the middle layers.",
        "Zhao et al. 2024, section 3.2, figure 4",
        [new Criterion("log ratio, solving to outer", "log of neurons per layer", Region.Below(Math.Log(Protocol.LargestRatio)))]);

    [Theory, Claim("C2")]
    public void C2_attention_neurons_thin_out(string subject) =>
        Decide(C2, Protocol, subject, s => LayerCounts.Measure(s, C2, Protocol.Selection, Protocol.Draws, attention: true));
}

/// <summary>What decides C2.</summary>
internal sealed record AttentionThinningProtocol : Protocol
{
    public required NeuronSelection Selection { get; init; }

    public required int Draws { get; init; }

    public required double LargestRatio { get; init; }
}
