using MWork.Probes.Report;
using MWork.Testing;

namespace MWork.ReportTests;

/// <summary>The report of the fixtures' evidence, rendered once: real runs cut short, with names and text that a page must survive.</summary>
internal static class RenderedReport
{
    private static readonly Lazy<string> s_page = new(() => ReportWriter.Write(
        Repository.Artifacts("report-tests", "page"),
        EvidenceFolder.Read(Repository.Fixture("report", "after")),
        Comparison.Of(EvidenceFolder.Read(Repository.Fixture("report", "before")), EvidenceFolder.Read(Repository.Fixture("evidence", "after")))));

    public static string Page => s_page.Value;

    public static Uri Address => new(Path.GetFullPath(Page));
}
