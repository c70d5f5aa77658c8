using System.Text.Json.Nodes;
using MWork.Probes.Evidence;
using MWork.Probes.Models.Checkpoints;
using MWork.Probes.Subjects;
using MWork.Probes.Tensors.Managed;
using MWork.Testing;
using Shouldly;

namespace MWork.Regression.Subjects;

/// <summary>Bad subjects are refused in one sentence that names the file and the field.</summary>
public sealed class SubjectFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mwork-subject").FullName;

    private string Path => System.IO.Path.Combine(_directory, "mine.json");

    [Fact]
    public void Every_subject_of_the_repository_is_sound()
    {
        foreach (string file in Directory.EnumerateFiles(Repository.Fixture("subjects"), "*.json").Where(file => ReleasedModel.Of(file) is null))
        {
            SubjectFile subject = SubjectFile.Load(file);
            subject.Name.ShouldBe(System.IO.Path.GetFileNameWithoutExtension(file));
            subject.Expect.Keys.ShouldContain("C1");
            subject.Expect.Keys.ShouldContain("C3");
        }
    }

    [Fact]
    public void A_missing_file_is_named() => Refused(() => SubjectFile.Load(Path), "mine.json");

    [Fact]
    public void An_empty_file_is_refused() => Refused("", "mine.json");

    [Fact]
    public void A_subject_without_languages_is_refused() => Refused(file => file.Remove("languages"), "languages");

    [Fact]
    public void One_language_is_too_few() => Refused(file => file["languages"] = new JsonArray("en"), "'languages'");

    [Fact]
    public void A_language_that_the_world_lacks_is_refused() => Refused(file => file["languages"] = new JsonArray("en", "tlh"), "'tlh'");

    [Fact]
    public void A_pivot_that_is_not_among_the_languages_is_refused() => Refused(file => file["pivot"] = "de", "'pivot'");

    [Fact]
    public void An_unknown_claim_is_refused_with_the_list_of_claims() =>
        Refused(file => file["expect"] = new JsonObject { ["C99"] = "Supported" }, "'C99'", "K4");

    [Fact]
    public void An_unknown_verdict_is_refused() => Refused(file => file["expect"] = new JsonObject { ["C1"] = "Maybe" }, "expect");

    [Fact]
    public void An_unknown_field_is_refused() => Refused(file => file["langauges"] = new JsonArray(), "langauges");

    [Fact]
    public void A_model_must_come_from_one_place() => Refused(file => file["model"] = new JsonObject(), "'model'");

    [Fact]
    public void Zones_must_leave_a_task_solving_layer() =>
        Refused(file => file["zones"] = new JsonObject { ["understanding"] = 5, ["generation"] = 4, ["source"] = "test" }, "'zones'");

    [Fact]
    public void A_missing_model_directory_is_named() =>
        Refused<CheckpointException>(file => file["model"] = new JsonObject { ["checkpoint"] = "nowhere" }, "nowhere", "config.json");

    [Fact]
    public void Claims_know_their_families()
    {
        KnownClaims.FamilyOf("C3").ShouldBe("Conversion");
        KnownClaims.FamilyOf("C99").ShouldBeNull();
        KnownClaims.Ids.Count.ShouldBe(18);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static JsonObject Sound() => new()
    {
        ["name"] = "mine",
        ["about"] = "A test.",
        ["model"] = new JsonObject { ["planted"] = new JsonObject() },
        ["world"] = Repository.Fixture("world"),
        ["languages"] = new JsonArray("en", "fr"),
        ["pivot"] = "en",
        ["zones"] = new JsonObject { ["understanding"] = 3, ["generation"] = 3, ["source"] = "by construction" },
        ["expect"] = new JsonObject { ["C1"] = "Supported" },
    };

    private void Refused(Action<JsonObject> change, params string[] words) => Refused<SubjectException>(change, words);

    private void Refused<TException>(Action<JsonObject> change, params string[] words)
        where TException : Exception
    {
        JsonObject file = Sound();
        change(file);
        File.WriteAllText(Path, file.ToJsonString());
        string message = Should.Throw<TException>(() => Subject.Load(Path, ManagedBackend.Shared)).Message;
        foreach (string word in words)
        {
            message.ShouldContain(word);
        }
    }

    private void Refused(string content, params string[] words)
    {
        File.WriteAllText(Path, content);
        Refused(() => SubjectFile.Load(Path), words);
    }

    private static void Refused(Action load, params string[] words)
    {
        string message = Should.Throw<SubjectException>(load).Message;
        foreach (string word in words)
        {
            message.ShouldContain(word);
        }
    }
}
