using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Testing;
using Xunit.Abstractions;

namespace MWork.Hypotheses;

/// <summary>
/// Conversion, told from collapse: a model that forgot the query would show a lens full of English too. The paper does not ask this; its section 3.1 needs it.
/// </summary>
[Hypothesis("Conversion")]
public sealed class MeaningTests(ITestOutputHelper output) : HypothesisTest(output)
{
    internal static readonly MeaningProtocol Protocol = new()
    {
        Version = 3,              // 1 had BCa intervals; 2 held numbers of C1's and not all of these
        SmallestAccuracy = 0.5,   // of the candidates; below it the model cannot do the task
        Permutations = 1_999,
        UntrainedSeed = 1,
        Seed = 20240229,
    };

    internal static readonly Claim C3 = new(
        "C3",
        "Conversion",
        "What the middle layers hold still means the query.",
        "this project, after Zhao et al. 2024, section 3.1",
        [
            new Criterion("retrieval − permuted", "rate at rank 1", Region.Above(0)),
            new Criterion("retrieval − first layer", "rate at rank 1", Region.Above(0)),
            new Criterion("retrieval − untrained", "rate at rank 1", Region.Above(0)),
        ]);

    [Theory, Claim("C3", AllTrained = true)]
    public void C3_the_converted_state_still_means_the_query(string subject) =>
        Decide(C3, Protocol, subject, s => TwinSearch.Measure(s, C3, Protocol));
}

/// <summary>What decides C3.</summary>
internal sealed record MeaningProtocol : Protocol
{
    public required double SmallestAccuracy { get; init; }

    public required int Permutations { get; init; }

    /// <summary>Of the model with the subject's shape and weights as drawn.</summary>
    public required ulong UntrainedSeed { get; init; }

    /// <summary>How many test facts to ask; all of them unless a quick control asks for fewer.</summary>
    public int? Facts { get; init; }
}
