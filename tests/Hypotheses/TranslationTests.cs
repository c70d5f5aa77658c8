using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Testing;
using Xunit.Abstractions;

namespace MWork.Hypotheses;

/// <summary>
/// The last layers translate the answer back into the query's language. Zhao et al. 2024, sections 3.1 and 4.2; G2 follows Wendler et al. 2024,
/// "Do Llamas Work in English?", G3 Dumas et al. 2024, "Separating Tongue from Thought".
/// </summary>
[Hypothesis("Translation")]
public sealed class TranslationTests(ITestOutputHelper output) : HypothesisTest(output)
{
    internal static readonly TranslationProtocol Protocol = new()
    {
        Version = 3,                 // 1 held the numbers of G1 as well, 2 had BCa intervals
        LatestThird = 2.0 / 3,       // of the depth: where the languages cross
        SmallestAccuracy = 0.5,
        Seed = 20240229,
    };

    internal static readonly Claim G2 = new(
        "G2",
        "Translation",
        "The pivot's word leads before the language's own does, which takes over late.",
        "Wendler et al. 2024, figure 3",
        [
            new Criterion("P(pivot) − P(ℓ) where selection text has it highest", "probability", Region.Above(0)),
            new Criterion("crossing", "share of depth", Region.Above(Protocol.LatestThird)),
        ]);

    internal static readonly Claim G3 = new(
        "G3",
        "Translation",
        "Meaning and output language come apart: a state from another prompt in another language brings its meaning and not its language.",
        "Dumas et al. 2024, section 4",
        [
            new Criterion("concept follows the donor, less shuffled", "rate", Region.Above(0)),
            new Criterion("language stays, less shuffled", "rate", Region.Above(0)),
        ]);

    [Theory, Claim("G2")]
    public void G2_the_pivot_leads_and_the_language_takes_over_late(string subject) => Decide(G2, Protocol, subject, s => Crossing.Measure(s, G2, Protocol));

    [Theory, Claim("G3")]
    public void G3_meaning_and_language_come_apart(string subject) => Decide(G3, Protocol, subject, s => Transplant.Measure(s, G3, Protocol));
}

/// <summary>What decides G2 and G3.</summary>
internal sealed record TranslationProtocol : Protocol
{
    public required double LatestThird { get; init; }

    public required double SmallestAccuracy { get; init; }
}
