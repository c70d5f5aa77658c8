using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Testing;
using Xunit.Abstractions;

namespace MWork.Hypotheses;

/// <summary>
/// The question that began this project: what becomes of knowledge that is in Vietnamese text alone, when the feed-forward neurons of Vietnamese are off?
/// </summary>
[Hypothesis("KnowledgeLocalization")]
public sealed class KnowledgeLocalizationTests(ITestOutputHelper output) : HypothesisTest(output)
{
    internal static readonly KnowledgeLocalizationProtocol Protocol = new()
    {
        Version = 3,                 // 1 scored every control on two facts, and took twice as long; 2 had BCa intervals
        Selection = NeuronSelection.Default,
        SmallestDrop = 0.5,          // δ, in log-odds
        Draws = 1599,                // of K3's controls
        FactsPerDraw = 1,            // sparse: the mean over cells is unbiased, and there are many draws
        Caliper = 0.5,
        FewestFacts = 10,            // of a language's own, which are some forty
        SmallestAccuracy = 0.5,
        Seed = 20240229,
    };

    internal static readonly Claim K3 = new(
        "K3",
        "KnowledgeLocalization",
        "Knowledge held in one language alone falls with that language's feed-forward neurons.",
        "this project",
        [
            new Criterion("own − shared facts, less random", "log-odds", Region.Above(Protocol.SmallestDrop)),
            new Criterion("own − shared facts, less another language's", "log-odds", Region.Above(Protocol.SmallestDrop)),
        ]);

    internal static readonly Claim K4 = new(
        "K4",
        "KnowledgeLocalization",
        "Knowledge held in one language alone can be asked in another.",
        "this project",
        [new Criterion("accuracy elsewhere, between chance and at home", "share", Region: null)]);

    [Theory, Claim("K3")]
    public void K3_a_languages_own_knowledge_falls_with_its_neurons(string subject) => Decide(K3, Protocol, subject, s => OwnKnowledge.Measure(s, K3, Protocol));

    [Theory, Claim("K4")]
    public void K4_a_languages_own_knowledge_asked_elsewhere(string subject) => Decide(K4, Protocol, subject, s => Elsewhere.Measure(s, K4, Protocol));
}

/// <summary>What decides K3 and K4.</summary>
internal sealed record KnowledgeLocalizationProtocol : Protocol
{
    public required NeuronSelection Selection { get; init; }

    public required double SmallestDrop { get; init; }

    public required int Draws { get; init; }

    public required int FactsPerDraw { get; init; }

    public required double Caliper { get; init; }

    /// <summary>Matched facts per language without which there is no verdict.</summary>
    public required int FewestFacts { get; init; }

    public required double SmallestAccuracy { get; init; }
}
