using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Testing;
using Xunit.Abstractions;

namespace MWork.Hypotheses;

/// <summary>
/// One piece of knowledge in two distant languages: if French and Urdu draw on the same, they are right together and wrong alike. After Qi et al. 2023,
/// "Cross-Lingual Consistency of Factual Knowledge"; measured, since no size is claimed.
/// </summary>
[Hypothesis("Consistency")]
public sealed class ConsistencyTests(ITestOutputHelper output) : HypothesisTest(output)
{
    internal static readonly ConsistencyProtocol Protocol = new()
    {
        Version = 1,
        First = "fr",
        Second = "ur",
        Seed = 20240229,
    };

    internal static readonly Claim Q1 = new(
        "Q1",
        "Consistency",
        "Two distant languages hold one piece of knowledge.",
        "Qi et al. 2023; this project",
        [
            new Criterion("both right − product of accuracies", "rate", Region: null),
            new Criterion("same wrong answer − permuted", "rate", Region: null),
        ]);

    [Theory, Claim("Q1")]
    public void Q1_right_together_and_wrong_alike(string subject) => Decide(Q1, Protocol, subject, s => Agreement.Measure(s, Q1, Protocol));
}

/// <summary>What Q1 compares.</summary>
internal sealed record ConsistencyProtocol : Protocol
{
    /// <summary>Language codes.</summary>
    public required string First { get; init; }

    public required string Second { get; init; }
}
