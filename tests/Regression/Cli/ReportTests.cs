using System.Text.Json;
using MWork.Cli;
using MWork.Regression.Checkpoints;
using MWork.Testing;
using Shouldly;

namespace MWork.Regression.Cli;

/// <summary><c>mwork report</c>: what it writes, says and ends with.</summary>
public sealed class ReportTests : IDisposable
{
    private static readonly string s_after = Repository.Fixture("report", "after");
    private static readonly string s_before = Repository.Fixture("report", "before");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Broken_files_and_a_verdict_that_is_not_expected_end_with_1_and_the_page_is_there()
    {
        CommandOutcome outcome = CommandLine.Run("report", s_after, "--out", _folder.Path, "--markdown", _folder.File("deep/summary.md"));
        outcome.Code.ShouldBe(ExitCodes.Refuted);
        outcome.ErrorLines.Length.ShouldBe(3);
        outcome.ErrorLines.ShouldAllBe(line => line.StartsWith("mwork: T3/", StringComparison.Ordinal));
        outcome.Output.ShouldContain("12 verdicts, 1 not as expected");
        File.ReadAllText(_folder.File("index.html")).ShouldContain("<title>MWork, claim by claim</title>");
        File.ReadAllText(_folder.File("C1-english-pivot.svg")).ShouldStartWith("<svg xmlns");
        File.ReadAllText(_folder.File("deep/summary.md")).ShouldStartWith("### MWork: 12 verdicts");
        Directory.GetFiles(_folder.Path, "*.tmp").ShouldBeEmpty();
    }

    [Fact]
    public void All_as_expected_ends_with_0()
    {
        string good = Directory.CreateDirectory(_folder.File("good")).FullName;
        File.Copy(Path.Combine(s_after, "C1", "english-pivot.json"), Path.Combine(good, "a.json"));
        CommandOutcome outcome = CommandLine.Run("report", good, "--out", _folder.File("page"));
        outcome.Code.ShouldBe(ExitCodes.Success);
        outcome.Error.ShouldBeEmpty();
        outcome.Output.ShouldContain("1 verdict, all as expected");
    }

    [Fact]
    public void Json_has_every_verdict_and_what_moved()
    {
        CommandOutcome outcome = CommandLine.Run("report", "--compare", s_before, s_after, "--out", _folder.Path, "--json");
        outcome.Code.ShouldBe(ExitCodes.Refuted);
        using var json = JsonDocument.Parse(outcome.Output);
        json.RootElement.GetProperty("verdicts").GetArrayLength().ShouldBe(12);
        json.RootElement.GetProperty("unreadable").GetArrayLength().ShouldBe(3);
        JsonElement first = json.RootElement.GetProperty("verdicts")[0];
        first.GetProperty("claim").GetString().ShouldBe("C1");
        first.GetProperty("verdict").GetString().ShouldBe("Supported");
        first.GetProperty("effect").GetDouble().ShouldBeInRange(0.3, 0.4);
        first.GetProperty("n").GetInt32().ShouldBe(169);
        JsonElement moved = json.RootElement.GetProperty("moved")[0];
        moved.GetProperty("before").GetProperty("verdict").GetString().ShouldBe("Supported");
        moved.GetProperty("after").GetProperty("verdict").GetString().ShouldBe("Refuted");
        moved.GetProperty("changed").GetString().ShouldBe("model");
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named() => Refuses("no/such: there is no such folder of evidence", "report", "no/such", "--out", _folder.Path);

    [Fact]
    public void A_folder_without_evidence_is_named() => Refuses("holds no evidence", "report", _folder.Path, "--out", _folder.Path);

    [Fact]
    public void One_folder_cannot_be_compared() => Refuses("--compare", "report", "--compare", s_after);

    private static void Refuses(string sentence, params string[] args)
    {
        CommandOutcome outcome = CommandLine.Run(args);
        outcome.Code.ShouldBe(ExitCodes.BadInput);
        outcome.ErrorLines.ShouldHaveSingleItem().ShouldContain(sentence);
    }
}
