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
    private const string Title = "Verdicts (claim, subject, verdict, against the subject's file, estimates with 95 % CI):";

    private static readonly Lock s_lock = new();
    private static readonly SortedDictionary<string, Evidence> s_decided = new(StringComparer.Ordinal);

    public static string FilePath => Repository.Artifacts("verdicts.txt");

    public static void Add(Evidence evidence)
    {
        lock (s_lock)
        {
            s_decided[$"{evidence.Claim.Id} {evidence.Subject}"] = evidence;
            Write();
        }
    }

    /// <summary>Renders the report from all evidence that lies there, and adds where it is; nothing when no claim was decided.</summary>
    public static void Finish()
    {
        if (s_decided.Count == 0)
            return;
        string page = ReportWriter.Write(Repository.Artifacts("report"), EvidenceFolder.Read(Repository.Artifacts("evidence")));
        int surprises = s_decided.Values.Count(evidence => evidence.Verdict != evidence.Expected);
        Write("", $"  {s_decided.Count} verdicts, {(surprises == 0 ? "all as expected" : $"{surprises} NOT as expected")}. The report: {Path.GetRelativePath(Repository.Root, page)}");
    }

    private static void Write(params string[] last)
    {
        int widest = s_decided.Values.Max(evidence => evidence.Subject.Length);
        File.WriteAllLines(FilePath, [Title, .. s_decided.Values.Select(evidence => Line(evidence, widest)), .. last]);
    }

    private static string Line(Evidence evidence, int widest)
    {
        string mark = evidence.Verdict == evidence.Expected ? "as expected" : $"EXPECTED {evidence.Expected}";
        string findings = string.Join("; ", evidence.Findings.Select(Short).Distinct());
        return $"  {evidence.Claim.Id}  {evidence.Subject.PadRight(widest)} {evidence.Verdict,-12} {mark,-12} {findings}";
    }

    /// <summary>One line in place of verdicts.</summary>
    public static void Skip(string why)
    {
        lock (s_lock)
        {
            File.WriteAllLines(FilePath, [why]);
        }
    }

    private static string Short(Finding finding) => finding.Verdict == Verdict.Invalid
        ? finding.Note ?? "invalid"
        : string.Create(CultureInfo.InvariantCulture, $"{finding.Name} {finding.Estimate:0.00} [{finding.Interval.Low:0.00}, {finding.Interval.High:0.00}]");
}
