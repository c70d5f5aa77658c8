using MWork.Probes.Evidence;
using MWork.Probes.Report;
using MWork.Regression.Checkpoints;
using Shouldly;

namespace MWork.Regression.Report;

public sealed class EvidenceFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_cannot_be_read_is_told_and_the_rest_is_there()
    {
        EvidenceFolder folder = Fixtures.After;
        folder.Evidence.Count.ShouldBe(12);
        folder.Problems.ShouldBe(
        [
            "T3/a-hole.json: a list holds null in place of an entry.",
            "T3/cut-short.json is not JSON at line 29.",
            "T3/unknown-field.json: field '<colour>' is unknown or not of its kind (line 113).",
        ]);
    }

    [Fact]
    public void Evidence_of_the_schema_before_is_read()
    {
        Evidence old = Fixtures.Before.Evidence.First();
        old.Schema.ShouldBe(1);
        old.Setting.ShouldBeNull();
        Fixtures.Before.Problems.ShouldBeEmpty();
        Fixtures.After.Evidence.First().ShouldSatisfyAllConditions(
            evidence => evidence.Schema.ShouldBe(Evidence.CurrentSchema), evidence => evidence.Setting!.Pivot.ShouldBe("en"));
    }

    [Fact]
    public void The_same_claim_on_the_same_subject_twice_is_shown_once()
    {
        byte[] text = File.ReadAllBytes(Path.Combine(Fixtures.AfterPath, "K4", "english-pivot.json"));
        _folder.Write("a.json", text);
        _folder.Write("b.json", text);
        EvidenceFolder folder = EvidenceFolder.Read(_folder.Path);
        folder.Evidence.ShouldHaveSingleItem();
        folder.Problems.ShouldBe(["b.json: K4 on english-pivot is in a.json already; that file is shown."]);
    }

    [Fact]
    public void No_folder_is_no_evidence() => EvidenceFolder.Read(_folder.File("none")).Evidence.ShouldBeEmpty();
}
