using MWork.Probes.Evidence;
using MWork.Probes.Statistics;

namespace MWork.Probes.Report;

/// <summary>What a claim came to on a subject, as a row of a table.</summary>
/// <param name="Deciding">The criterion that the verdict hangs on; null where there is none at all.</param>
/// <param name="Q">p after Benjamini and Hochberg, over the claims put to the same subject.</param>
public sealed record Result(Evidence.Evidence Evidence, Finding? Deciding, double Q)
{
    public bool IsExpected => Evidence.Verdict == Evidence.Expected;
}

/// <summary>One claim with its results, in the order of the subjects.</summary>
public sealed record ClaimResults(Claim Claim, IReadOnlyList<Result> Results);

/// <summary>Evidence in the order in which it is told: claims as in <see cref="KnownClaims"/>, subjects by how much was asked of them.</summary>
public sealed class ResultTable
{
    public ResultTable(IReadOnlyList<Evidence.Evidence> evidence)
    {
        Subjects = [.. evidence.GroupBy(e => e.Subject).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => group.Key)];
        var corrected = evidence.GroupBy(e => e.Subject).SelectMany(Corrected).ToDictionary(pair => pair.Evidence, pair => pair.Q, ReferenceEqualityComparer.Instance);
        List<string> known = [.. KnownClaims.Ids];
        Claims =
        [
            .. evidence.GroupBy(e => e.Claim.Id)
                .OrderBy(group => known.IndexOf(group.Key) is >= 0 and var place ? place : int.MaxValue).ThenBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new ClaimResults(
                    group.First().Claim,
                    [.. Subjects.Select(subject => group.FirstOrDefault(e => e.Subject == subject)).OfType<Evidence.Evidence>()
                        .Select(e => new Result(e, Decider(e), corrected[e]))])),
        ];
    }

    public IReadOnlyList<ClaimResults> Claims { get; }

    public IReadOnlyList<string> Subjects { get; }

    public IEnumerable<Result> All => Claims.SelectMany(claim => claim.Results);

    // The weakest of those that gave the claim its verdict.
    private static Finding? Decider(Evidence.Evidence evidence) =>
        evidence.Findings.Where(finding => finding.Verdict == evidence.Verdict && finding.Region is not null).MaxBy(finding => double.IsNaN(finding.P) ? -1 : finding.P)
        ?? evidence.Findings.FirstOrDefault(finding => finding.Verdict == evidence.Verdict) ?? (evidence.Findings is [var first, ..] ? first : null);

    private static IEnumerable<(object Evidence, double Q)> Corrected(IEnumerable<Evidence.Evidence> subject)
    {
        Evidence.Evidence[] claims = [.. subject];
        return claims.Zip(MultipleTesting.BenjaminiHochberg([.. claims.Select(e => e.P is >= 0 and <= 1 ? e.P : double.NaN)]), (e, q) => ((object)e, q));
    }
}
