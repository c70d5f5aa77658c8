using System.Text.Json.Nodes;
using MWork.Probes.Evidence;
using MWork.Probes.Models;
using MWork.Probes.Subjects;
using MWork.Testing;
using Shouldly;

namespace MWork.Regression.Subjects;

/// <summary>The subjects whose weights are published elsewhere say which, and their zones fit the architecture.</summary>
public sealed class ReleasedModelTests
{
    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Repository.Fixture("subjects"), "*.json")
        .Where(file => ReleasedModel.Of(file) is not null).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Fact]
    public void There_are_six() =>
        ((IEnumerable<object[]>)Names).Select(row => row[0]).ShouldBe(["bloomz-7b1", "gemma-2-9b", "llama-3-8b", "mistral-7b-v0.1", "qwen2.5-7b", "vicuna-7b-v1.5"]);

    [Theory, MemberData(nameof(Names))]
    public void A_file_names_weights_text_tasks_and_zones_that_fit(string name)
    {
        string path = Repository.Fixture("subjects", $"{name}.json");
        ReleasedModel released = ReleasedModel.Of(path)!;
        released.Subject.ShouldBe(name);
        released.Repository.Split('/').Length.ShouldBe(2);
        released.Revision.ShouldNotBeEmpty();
        released.Absence.ShouldContain(released.Repository);

        JsonNode file = JsonNode.Parse(File.ReadAllText(path))!;
        using var folder = new Checkpoints.TemporaryFolder();
        File.Copy(Repository.Fixture("configs", $"{name}.json"), Path.Combine(folder.Path, "config.json"));
        int layers = ModelDirectory.ReadConfig(folder.Path).Layers;
        new Zones((int)file["zones"]!["understanding"]!, (int)file["zones"]!["generation"]!, "test").Solving(layers).ShouldNotBeEmpty();
        ((string)file["zones"]!["source"]!).ShouldNotBeEmpty();
        ((string)file["text"]!["selection"]!).ShouldContain("{language}");
        ((string)file["tasks"]!["knowledge"]!["format"]!).ShouldNotBeEmpty();
        file["languages"]!.AsArray().Select(code => (string)code!).ShouldContain((string)file["pivot"]!);
        file["expect"]!.AsObject().ShouldAllBe(claim => KnownClaims.FamilyOf(claim.Key) != null && Enum.IsDefined(Enum.Parse<Verdict>((string)claim.Value!)));
    }

    [Fact]
    public void A_subject_of_the_repository_is_none() => ReleasedModel.Of(Repository.Fixture("subjects", "english-pivot.json")).ShouldBeNull();
}
