using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Testing;
using Xunit.Abstractions;

namespace MWork.Hypotheses;

/// <summary>
/// Knowledge sits in feed-forward neurons, and those of a language among them. K1 and K2 follow Dai et al. 2022, "Knowledge Neurons in Pretrained
/// Transformers"; K3 and K4 ask what the reading note asks: what becomes of knowledge that is in Vietnamese text alone?
/// </summary>
[Hypothesis("KnowledgeLocalization")]
public sealed class KnowledgeLocalizationTests(ITestOutputHelper output) : HypothesisTest(output)
{
    internal static readonly KnowledgeLocalizationProtocol Protocol = new()
    {
        Version = 1,
        Selection = NeuronSelection.Default,
        SmallestDrop = 0.5,          // δ, in log-odds
        FactsPerRelation = 2,        // whose knowledge neurons are found: one other to compare each with; more cost minutes
        Wordings = 3,                // that select; the test wording scores
        Permutations = 9_999,
        Draws = 1599,                // of K3's controls
        FactsPerDraw = 2,
        Caliper = 0.5,
        FewestFacts = 10,            // of a language's own, which are some forty
        SmallestAccuracy = 0.5,
        Seed = 20240229,
    };

    internal static readonly Claim K1 = new(
        "K1",
        "KnowledgeLocalization",
        "A fact's knowledge neurons are necessary for it.",
        "Dai et al. 2022, section 4.3",
        [
            new Criterion("own − other facts' neurons", "log-odds", Region.Above(Protocol.SmallestDrop)),
            new Criterion("largest completeness error", "share", Region: null),
        ]);

    internal static readonly Claim K2 = new(
        "K2",
        "KnowledgeLocalization",
        "Knowledge neurons are language neurons more often than others of their layer and importance.",
        "this project, after Zhao et al. 2024, section 4",
        [
            new Criterion("share in ℓ's neurons − 97.5 % quantile when permuted", "share of neurons", Region.Above(0)),
            new Criterion("ceiling: one wording's in another's", "share of neurons", Region: null),
        ]);

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

    [Theory, Claim("K1")]
    public void K1_knowledge_neurons_are_necessary(string subject) => Decide(K1, Protocol, subject, s => Necessity.Measure(s, K1, Protocol));

    [Theory, Claim("K2")]
    public void K2_knowledge_neurons_are_language_neurons(string subject) => Decide(K2, Protocol, subject, s => LanguageOverlap.Measure(s, K2, Protocol));

    [Theory, Claim("K3")]
    public void K3_a_languages_own_knowledge_falls_with_its_neurons(string subject) => Decide(K3, Protocol, subject, s => OwnKnowledge.Measure(s, K3, Protocol));

    [Theory, Claim("K4")]
    public void K4_a_languages_own_knowledge_asked_elsewhere(string subject) => Decide(K4, Protocol, subject, s => Elsewhere.Measure(s, K4, Protocol));
}

/// <summary>What decides K1 to K4.</summary>
internal sealed record KnowledgeLocalizationProtocol : Protocol
{
    public required NeuronSelection Selection { get; init; }

    public required double SmallestDrop { get; init; }

    public required int FactsPerRelation { get; init; }

    public required int Wordings { get; init; }

    public required int Permutations { get; init; }

    public required int Draws { get; init; }

    public required int FactsPerDraw { get; init; }

    public required double Caliper { get; init; }

    /// <summary>Matched facts per language without which there is no verdict.</summary>
    public required int FewestFacts { get; init; }

    public required double SmallestAccuracy { get; init; }
}
