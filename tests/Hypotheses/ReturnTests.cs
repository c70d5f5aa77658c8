using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Testing;
using Xunit.Abstractions;

namespace MWork.Hypotheses;

/// <summary>MWork's last stage by its neurons: those of the generation layers bring the answer back into the query's language. Zhao et al. 2024, section 4.2.</summary>
[Hypothesis("Translation")]
public sealed class ReturnTests(ITestOutputHelper output) : HypothesisTest(output)
{
    internal static readonly ReturnProtocol Protocol = new()
    {
        Version = 4,                 // 1 scored every control on two facts, 2 read twice the documents that select: each took minutes; 3 had BCa intervals
        Selection = NeuronSelection.Default with { Pool = NeuronSelection.Default.Documents }, // nothing here draws documents anew
        SmallestLoss = 0.10,         // of fidelity: one answer in ten leaves its language
        Equivalence = 0.05,          // what the pivot may lose
        Draws = 1599,                // 20 · m / α − 1 for the four languages beside the pivot
        FactsPerDraw = 1,            // sparse: the mean over cells is unbiased, and there are many draws
        SmallestAccuracy = 0.5,
        Seed = 20240229,
    };

    internal static readonly Claim G1 = new(
        "G1",
        "Translation",
        "Neurons of a language in the generation layers carry the return to that language.",
        "Zhao et al. 2024, section 4.2",
        [
            new Criterion("loss in ℓ − in pivot, less random", "output in the language", Region.Above(Protocol.SmallestLoss)),
            new Criterion("loss in ℓ − in pivot, less another language's", "output in the language", Region.Above(Protocol.SmallestLoss)),
            new Criterion("loss in pivot", "output in the language", Region.Inside(-Protocol.Equivalence, Protocol.Equivalence)),
        ]);

    [Theory, Claim("G1")]
    public void G1_generation_neurons_carry_the_return(string subject) => Decide(G1, Protocol, subject, s => ReturnNeurons.Measure(s, G1, Protocol));
}

/// <summary>What decides G1.</summary>
internal sealed record ReturnProtocol : Protocol
{
    public required NeuronSelection Selection { get; init; }

    public required double SmallestLoss { get; init; }

    public required double Equivalence { get; init; }

    public required int Draws { get; init; }

    public required int FactsPerDraw { get; init; }

    public required double SmallestAccuracy { get; init; }
}
