using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Testing;
using Xunit.Abstractions;

namespace MWork.Hypotheses;

/// <summary>
/// Knowledge is drawn from language-specific feed-forward neurons of the task-solving layers. Zhao et al. 2024, section 4 and tables 2 and 3,
/// who compare with random neurons of all layers; the controls here could have been chosen by the same rule.
/// </summary>
[Hypothesis("Ablation")]
public sealed class AblationTests(ITestOutputHelper output) : HypothesisTest(output)
{
    internal static readonly AblationProtocol Protocol = new()
    {
        Version = 2,                 // 1 had percentile and BCa intervals of means, and did not ask about script
        Selection = NeuronSelection.Default,
        SmallestDrop = 0.5,          // δ in log-odds: odds fall by two fifths
        SmallestZoneGap = 0.05,
        Draws = 1599,                // 20 · m / α − 1 for the four languages beside the pivot
        FactsPerDraw = 1,            // sparse: the mean over cells is unbiased, and there are many draws
        SmallestScriptGap = 0.5,     // of a set: where more than half of it sleeps in other letters, it is the script's rather than the language's
        ZoneShare = 0.05,            // of the feed-forward neurons of the zone's layers, for T3
        ZoneDraws = 200,
        Caliper = 0.5,               // nats between the clean log-odds of a fact in ℓ and its partner in the pivot: at most δ
        FewestFacts = 32,             // a deviation of 1 nat then has power 0.8 at twice δ
        SmallestAccuracy = 0.5,
        Seed = 20240229,
    };

    internal static readonly Claim T2 = new(
        "T2",
        "Ablation",
        "Feed-forward neurons of a language, off in the task-solving layers, hurt that language and spare the pivot.",
        "Zhao et al. 2024, section 4.2, table 3",
        [
            new Criterion("ℓ − pivot, less random neurons", "log-odds", Region.Above(Protocol.SmallestDrop)),
            new Criterion("ℓ − pivot, less another language's", "log-odds", Region.Above(Protocol.SmallestDrop)),
            new Criterion("awake on ℓ in other letters, less random neurons", "share of neurons", Region.Above(Protocol.SmallestScriptGap)),
        ]);

    internal static readonly Claim T3 = new(
        "T3",
        "Ablation",
        "Random neurons of the task-solving layers matter more than random neurons of others.",
        "Zhao et al. 2024, section 4.2, table 2",
        [
            new Criterion("task-solving − outside", "log-odds", Region.Above(Protocol.SmallestZoneGap)),
            new Criterion("task-solving − all layers", "log-odds", Region: null), // the paper's draw, reported
        ]);

    [Theory, Claim("T2")]
    public void T2_language_neurons_hurt_their_language(string subject) =>
        Decide(T2, Protocol, subject, s => LanguageAblation.Measure(s, T2, Protocol) with { Grids = [LanguageAblation.Losses(s, Protocol)] });

    [Theory, Claim("T3")]
    public void T3_random_neurons_matter_more_in_task_solving(string subject) =>
        Decide(T3, Protocol, subject, s => ZoneAblation.Measure(s, T3, Protocol));
}

/// <summary>What decides T2 and T3.</summary>
internal sealed record AblationProtocol : Protocol
{
    public required NeuronSelection Selection { get; init; }

    public required double SmallestDrop { get; init; }

    public required double SmallestZoneGap { get; init; }

    /// <summary>Share of a language's neurons, less that of random ones, that must be important where the language is written in other letters.</summary>
    public required double SmallestScriptGap { get; init; }

    /// <summary>Sets of random neurons per language.</summary>
    public required int Draws { get; init; }

    /// <summary>Facts that score each of them.</summary>
    public required int FactsPerDraw { get; init; }

    /// <summary>Share of a layer's feed-forward neurons that T3 switches off.</summary>
    public required double ZoneShare { get; init; }

    public required int ZoneDraws { get; init; }

    /// <summary>How far the clean log-odds of a fact in ℓ and of its partner in the pivot may be apart, in nats.</summary>
    public required double Caliper { get; init; }

    /// <summary>Matched facts per language without which there is no verdict.</summary>
    public required int FewestFacts { get; init; }

    public required double SmallestAccuracy { get; init; }
}
