using System.Text.Json.Nodes;
using MWork.Probes.Subjects;
using MWork.Probes.Tensors.Managed;
using MWork.Regression.Checkpoints;
using MWork.Testing;
using Shouldly;

namespace MWork.Regression.Cli;

/// <summary><c>mwork subject init</c>: what it writes is a subject.</summary>
public sealed class SubjectInitTests : IDisposable
{
    private static readonly string s_checkpoint = Repository.Fixture("models", "english-pivot");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_small_world_s_checkpoint_becomes_a_subject_that_claims_can_be_put_to()
    {
        string path = _folder.File("subjects/mine.json");
        CommandOutcome outcome = CommandLine.Run("subject", "init", s_checkpoint, "--world", Repository.Fixture("world"), "--name", "mine", "--out", path);
        outcome.Error.ShouldBeEmpty();
        outcome.Output.ShouldContain("understanding 0 to 0, task-solving 1 to 4, generation 5 to 5");
        using var subject = Subject.Load(path, ManagedBackend.Shared);
        subject.Name.ShouldBe("mine");
        subject.Languages.Select(language => language.Code).ShouldBe(["en", "fr", "zh", "vi", "ur"]);
        subject.Zones.Source.ShouldContain("rule of thumb");
    }

    [Fact]
    public void A_checkpoint_with_text_of_its_own_is_detected_in_and_looked_at()
    {
        string path = _folder.File("mine.json");
        JsonNode json = JsonNode.Parse(CommandLine.Run(
            "subject", "init", s_checkpoint, "--text", Repository.Fixture("text", "small-world"), "--pivot", "fr", "--out", path, "--json").Output)!;
        json["subject"]!["languages"]!.AsArray().Select(code => (string)code!).ShouldBe(["en", "fr", "ur", "vi", "zh"]);
        ((string)json["subject"]!["name"]!).ShouldBe("english-pivot");
        CommandLine.Run("detect", path, "--method", "lape", "--out", _folder.File("out")).Output.ShouldContain("Neurons by lape");
        CommandLine.Run("lens", "où vit le chien ? réponse", "--subject", path).Output.ShouldContain("réponse fr");
        File.ReadAllText(path).ShouldNotContain("solvingFrom", Case.Sensitive, "which is computed from the other numbers");
        using var subject = Subject.Load(path, ManagedBackend.Shared);
        subject.Text.SelectionDocuments(subject.Pivot, count: 8, tokens: 16, seed: 1).Count.ShouldBe(8);
    }

    [Theory]
    [InlineData(32, 8, 4)]
    [InlineData(28, 7, 3)]
    [InlineData(6, 1, 1)]
    [InlineData(3, 1, 1)]
    public void Zones_are_those_of_the_released_code_scaled(int layers, int understanding, int generation)
    {
        Zones zones = SubjectDraft.Zones(layers);
        (zones.Understanding, zones.Generation).ShouldBe((understanding, generation));
        zones.Solving(layers).ShouldNotBeEmpty();
    }

    [Fact]
    public void Nothing_is_overwritten_and_nothing_unfit_is_left_behind()
    {
        string path = _folder.File("mine.json");
        File.WriteAllText(path, "mine");
        Refuses("there is such a file already", "--world", Repository.Fixture("world"), "--out", path);
        File.ReadAllText(path).ShouldBe("mine");
        string other = _folder.File("other.json");
        Refuses("other.json: field 'pivot' is 'de', which is not among the languages", "--world", Repository.Fixture("world"), "--pivot", "de", "--out", other);
        Refuses("Nothing says where its text is", "--out", other);
        Refuses("nowhere is not a folder", "--text", _folder.File("nowhere"), "--out", other);
        Should.Throw<SubjectException>(() => SubjectDraft.Zones(2)).Message.ShouldContain("cannot have three zones");
        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([path]);
    }

    private static void Refuses(string sentence, params string[] args) =>
        BadInputTests.Refuses(sentence, ["subject", "init", s_checkpoint, .. args]);
}
