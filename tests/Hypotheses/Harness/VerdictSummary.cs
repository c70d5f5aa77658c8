using System.Globalization;
using MWork.Probes.Evidence;
using MWork.Probes.Report;
using MWork.Testing;

namespace MWork.Hypotheses.Harness;

/// <summary>
/// One line per claim and subject in <c>artifacts/verdicts.txt</c>, which the build prints when the tests are done: a test runner
/// keeps the output of tests that pass to itself.
/// </summary>
internal static class VerdictSummary
{
    private const string Unexpected = "EXPECTED";

    private static readonly Lock s_lock = new();
    private static readonly SortedDictionary<string, string> s_lines = new(StringComparer.Ordinal);

    public static string FilePath => Repository.Artifacts("verdicts.txt");

    public static void Add(Evidence evidence)
    {
        string mark = evidence.Verdict == evidence.Expected ? "as expected" : $"{Unexpected} {evidence.Expected}";
        string findings = string.Join("; ", evidence.Findings.Select(Short));
        lock (s_lock)
        {
            s_lines[$"{evidence.Claim.Id} {evidence.Subject}"] = $"  {evidence.Claim.Id}  {evidence.Subject,-24} {evidence.Verdict,-12} {mark,-12} {findings}";
            Write();
        }
    }

    /// <summary>Renders the report from all evidence that lies there, and adds where it is; nothing when no claim was decided.</summary>
    public static void Finish()
    {
        if (s_lines.Count == 0)
            return;
        string page = ReportWriter.Write(Repository.Artifacts("report"), EvidenceFolder.Read(Repository.Artifacts("evidence")));
        int surprises = s_lines.Values.Count(line => line.Contains(Unexpected, StringComparison.Ordinal));
        Write($"{s_lines.Count} verdicts, {(surprises == 0 ? "all as expected" : $"{surprises} not as expected")}. The report: {Path.GetRelativePath(Repository.Root, page)}");
    }

    private static void Write(params string[] last) =>
        File.WriteAllLines(FilePath, ["Verdicts (claim, subject, verdict, against the subject's file, estimates with 95 % CI):", .. s_lines.Values, .. last]);

    private static string Short(Finding finding) => finding.Verdict == Verdict.Invalid
        ? finding.Note ?? "invalid"
        : string.Create(CultureInfo.InvariantCulture, $"{finding.Name} {finding.Estimate:0.00} [{finding.Interval.Low:0.00}, {finding.Interval.High:0.00}]");
}
