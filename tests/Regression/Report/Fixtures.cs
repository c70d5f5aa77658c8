using MWork.Probes.Report;
using MWork.Testing;

namespace MWork.Regression.Report;

/// <summary>The evidence of <c>fixtures/report</c>.</summary>
internal static class Fixtures
{
    public static string AfterPath => Repository.Fixture("report", "after");

    public static string BeforePath => Repository.Fixture("report", "before");

    // By its name only, so that what is rendered does not depend on where the repository lies.
    public static EvidenceFolder After => EvidenceFolder.Read(AfterPath) with { Path = "after" };

    public static EvidenceFolder Before => EvidenceFolder.Read(BeforePath) with { Path = "before" };
}
