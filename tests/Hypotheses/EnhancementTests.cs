using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Testing;
using Xunit.Abstractions;

namespace MWork.Hypotheses;

/// <summary>
/// Tuning a language's neurons alone makes the model better in that language and no worse in others. Zhao et al. 2024, abstract: 400 documents
/// give 3.6 % in high-resource languages. The neurons are the feed-forward ones of all layers, as the claim names no zone. Steps and rates
/// come from a pilot on other seeds, in which selection facts were tuned on and other selection facts scored.
/// </summary>
[Hypothesis("Enhancement")]
public sealed class EnhancementTests(ITestOutputHelper output) : HypothesisTest(output)
{
    internal static readonly EnhancementProtocol Protocol = new()
    {
        Version = 1,
        Selection = NeuronSelection.Default,
        Seeds = 12,                    // at least 10 for a t interval; three for each of four languages
        Steps = 10,
        Rows = 20,                     // 10 · 20 = 200 documents, a few hundred as in the paper, none of them twice
        LearningRate = 3e-4f,          // the highest of the pilot at which tuning all weights lowered the loss from the first steps on
        PlantedLearningRate = 1e-5f,   // half of the pilot's highest without divergence; planted states have a coordinate of 200, so that weights act manifold
        WarmUp = 2,
        WeightDecay = 0,               // decay would pull the chosen neurons to zero whatever the text says
        Facts = 20,                    // per seed, drawn anew: the interval then covers facts as well
        SmallestHarm = 0.25,           // δ in log-odds: half of what T2 calls a loss, since a gain need only be above 0
        SmallestAccuracy = 0.5,
        Seed = 20240229,
    };

    internal static readonly Claim E1 = new(
        "E1",
        "Enhancement",
        "Tuning only a language's neurons on a few hundred documents helps that language and harms no other.",
        "Zhao et al. 2024, abstract",
        [
            new Criterion("gain in ℓ", "log-odds", Region.Above(0)),
            new Criterion("gain in ℓ, less random neurons'", "log-odds", Region.Above(0)),
            new Criterion("change in pivot", "log-odds", Region.Inside(-Protocol.SmallestHarm, Protocol.SmallestHarm)),
            new Criterion("change in other languages", "log-odds", Region.Inside(-Protocol.SmallestHarm, Protocol.SmallestHarm)),
            new Criterion("all weights: gain in ℓ", "log-odds", Region: null),
            new Criterion("all weights: change in others and pivot", "log-odds", Region: null),
        ]);

    [Theory, Claim("E1")]
    public void E1_tuning_language_neurons_helps_that_language_only(string subject) =>
        Decide(E1, Protocol, subject, s => TuningGain.Measure(s, E1, Protocol));
}

/// <summary>What decides E1.</summary>
internal sealed record EnhancementProtocol : Protocol
{
    public required NeuronSelection Selection { get; init; }

    /// <summary>Runs; the languages beside the pivot take turns. A run has documents, order, random neurons and scored facts of its own.</summary>
    public required int Seeds { get; init; }

    public required int Steps { get; init; }

    /// <summary>Documents per step: questions with their answers, of which only the answer counts in the loss.</summary>
    public required int Rows { get; init; }

    /// <summary>The highest rate of a model that was trained, the same for all three ways of tuning.</summary>
    public required float LearningRate { get; init; }

    /// <summary>The highest rate of a model whose weights were set by construction.</summary>
    public required float PlantedLearningRate { get; init; }

    /// <summary>Steps to the highest rate; then it falls along half a cosine.</summary>
    public required int WarmUp { get; init; }

    public required float WeightDecay { get; init; }

    /// <summary>Test facts that score a run, the same in all languages.</summary>
    public required int Facts { get; init; }

    /// <summary>How far another language may move, in nats of log-odds.</summary>
    public required double SmallestHarm { get; init; }

    public required double SmallestAccuracy { get; init; }
}
