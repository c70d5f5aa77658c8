using System.Globalization;
using MWork.Probes.Evidence;
using MWork.Testing;

namespace MWork.Hypotheses.Harness;

/// <summary>
/// One line per claim and subject in <c>artifacts/verdicts.txt</c>, which the build prints when the tests are done: a test runner
/// keeps the output of tests that pass to itself.
/// </summary>
internal static class VerdictSummary
{
    private static readonly Lock s_lock = new();
    private static readonly SortedDictionary<string, string> s_lines = new(StringComparer.Ordinal);

    public static string FilePath => Repository.Artifacts("verdicts.txt");

    public static void Add(Evidence evidence)
    {
        string mark = evidence.Verdict == evidence.Expected ? "as expected" : $"EXPECTED {evidence.Expected}";
        string findings = string.Join("; ", evidence.Findings.Select(Short));
        lock (s_lock)
        {
            s_lines[$"{evidence.Claim.Id} {evidence.Subject}"] = $"  {evidence.Claim.Id}  {evidence.Subject,-24} {evidence.Verdict,-12} {mark,-12} {findings}";
            File.WriteAllLines(FilePath, ["Verdicts (claim, subject, verdict, against the subject's file, estimates with 95 % CI):", .. s_lines.Values]);
        }
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
