using MWork.Probes.Evidence;

namespace MWork.Probes.Report;

/// <summary>One criterion whose figures are not the same in two runs; or a claim that only one of them has.</summary>
/// <param name="Before">Null if it came.</param>
/// <param name="After">Null if it went.</param>
/// <param name="Why">Which of model, text and protocol changed, as their hashes say.</param>
public sealed record Move(string Claim, string Subject, string Criterion, Finding? Before, Finding? After, Verdict? VerdictBefore, Verdict? VerdictAfter, string Why)
{
    /// <summary>Whether both runs have a verdict and not the same.</summary>
    public bool ChangesVerdict => VerdictBefore is not null && VerdictAfter is not null && VerdictBefore != VerdictAfter;
}

/// <summary>What moved between two folders of evidence.</summary>
/// <param name="Same">Criteria whose figures are equal to the bit.</param>
public sealed record Comparison(string Before, string After, IReadOnlyList<Move> Moves, int Same)
{
    public static Comparison Of(EvidenceFolder before, EvidenceFolder after)
    {
        var old = before.Evidence.ToDictionary(e => (e.Claim.Id, e.Subject));
        var now = after.Evidence.ToDictionary(e => (e.Claim.Id, e.Subject));
        var moves = new List<Move>();
        int same = 0;
        foreach ((string claim, string subject) in old.Keys.Union(now.Keys).Order())
        {
            Evidence.Evidence? was = old.GetValueOrDefault((claim, subject));
            Evidence.Evidence? isNow = now.GetValueOrDefault((claim, subject));
            string why = was is null ? "new" : isNow is null ? "gone" : Changed(was.Run.Hashes, isNow.Run.Hashes);
            foreach (string criterion in Names(was).Union(Names(isNow)))
            {
                Finding? first = Find(was, criterion);
                Finding? second = Find(isNow, criterion);
                if (first is not null && second is not null && was!.Verdict == isNow!.Verdict && AreSame(first, second))
                    same++;
                else
                    moves.Add(new Move(claim, subject, criterion, first, second, was?.Verdict, isNow?.Verdict, why));
            }
        }

        return new Comparison(before.Path, after.Path, [.. moves.OrderByDescending(move => move.ChangesVerdict)], same);
    }

    private static IEnumerable<string> Names(Evidence.Evidence? evidence) => evidence?.Findings.Select(finding => finding.Name) ?? [];

    private static Finding? Find(Evidence.Evidence? evidence, string criterion) => evidence?.Findings.FirstOrDefault(finding => finding.Name == criterion);

    private static bool AreSame(Finding first, Finding second) =>
        first.Estimate.Equals(second.Estimate) && first.Interval.Equals(second.Interval) && first.N == second.N && first.Verdict == second.Verdict;

    private static string Changed(RunHashes before, RunHashes after)
    {
        string[] changed =
        [
            .. ((string Name, bool Differs)[])[("model", before.Model != after.Model), ("text", before.Text != after.Text), ("protocol", before.Protocol != after.Protocol)]
                is var parts ? parts.Where(part => part.Differs).Select(part => part.Name) : [],
        ];
        return changed.Length == 0 ? "code or machine" : string.Join(", ", changed);
    }
}
