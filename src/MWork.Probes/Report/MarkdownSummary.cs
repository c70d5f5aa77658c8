using System.Text;
using MWork.Probes.Evidence;

namespace MWork.Probes.Report;

/// <summary>The report in a few lines of Markdown, for a pull request: what is not as expected first, then one row per claim.</summary>
public static class MarkdownSummary
{
    public static string Render(EvidenceFolder folder, Comparison? comparison = null)
    {
        var table = new ResultTable(folder.Evidence);
        Result[] all = [.. table.All];
        Result[] surprises = [.. all.Where(result => !result.IsExpected)];
        var text = new StringBuilder();
        Line($"### MWork: {Figures.Count(all.Length, "verdict")} on {Figures.Count(table.Subjects.Count, "subject")}, {(surprises.Length == 0 ? "all as expected" : $"{surprises.Length} not as expected")}");
        Line("");
        if (surprises.Length > 0)
        {
            Line("| claim | subject | verdict | expected | criterion | effect [CI] |");
            Line("|---|---|---|---|---|---|");
            foreach (Result result in surprises)
            {
                Line($"| {Cell(result.Evidence.Claim.Id)} | {Cell(result.Evidence.Subject)} | **{result.Evidence.Verdict}** | {result.Evidence.Expected} | {Cell(result.Deciding?.Name ?? "")} | {Effect(result.Deciding)} |");
            }

            Line("");
        }

        Line("| claim | Supported | Refuted | Inconclusive | Invalid | Measured |");
        Line("|---|---:|---:|---:|---:|---:|");
        foreach (ClaimResults claim in table.Claims)
        {
            IEnumerable<string> counts = Enum.GetValues<Verdict>().Select(verdict => claim.Results.Count(result => result.Evidence.Verdict == verdict)).Select(n => n == 0 ? "" : Figures.Whole(n));
            Line($"| {Cell(claim.Claim.Id)} {Cell(claim.Claim.Sentence)} | {string.Join(" | ", counts)} |");
        }

        if (comparison is not null)
            Compare(comparison);
        if (folder.Problems.Count > 0)
        {
            Line("");
            Line($"{Figures.Count(folder.Problems.Count, "file")} could not be read:");
            foreach (string problem in folder.Problems)
                Line($"- {Cell(problem)}");
        }

        return text.ToString();

        void Compare(Comparison moved)
        {
            Line("");
            Line($"Against {Cell(moved.Before)}: {moved.Moves.Count} criteria moved or are new or gone, {moved.Same} are the same to the bit.");
            if (moved.Moves.Count == 0)
                return;
            Line("");
            Line("| claim | subject | criterion | before | after | changed |");
            Line("|---|---|---|---|---|---|");
            foreach (Move move in moved.Moves)
                Line($"| {Cell(move.Claim)} | {Cell(move.Subject)} | {Cell(move.Criterion)} | {move.VerdictBefore} {Effect(move.Before)} | {move.VerdictAfter} {Effect(move.After)} | {Cell(move.Why)} |");
        }

        void Line(string line) => text.Append(line).Append('\n');
    }

    private static string Effect(Finding? finding) => finding is null ? "" : finding.Interval.IsDefined
        ? $"{Figures.Number(finding.Estimate)} {Figures.Interval(finding.Interval)}"
        : Cell(finding.Note ?? "no interval");

    // A name must neither end its cell nor mean anything.
    private static string Cell(string text)
    {
        var cell = new StringBuilder();
        foreach (char c in Markup.Escape(text).ReplaceLineEndings(" ").Replace("&#39;", "'", StringComparison.Ordinal).Replace("&quot;", "\"", StringComparison.Ordinal))
            cell.Append(c is '|' or '*' or '_' or '`' or '[' or ']' or '\\' or '~' ? "\\" : "").Append(c);
        return cell.ToString();
    }
}
