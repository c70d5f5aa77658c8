using System.Text.Json.Nodes;
using System.Xml.Linq;
using MWork.Cli;
using MWork.Regression.Checkpoints;
using MWork.Testing;
using Shouldly;

namespace MWork.Regression.Cli;

/// <summary><c>mwork lens</c>, <c>ablate</c>, <c>patch</c> and <c>attribute</c>: what they show is what the model does.</summary>
public sealed class LookTests : IDisposable
{
    private const string Dog = "où vit le chien ? réponse";
    private const string Sheep = "où vit le mouton ? réponse";
    private static readonly string s_checkpoint = Repository.Fixture("models", "english-pivot");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_lens_shows_the_pivot_in_the_middle_and_ends_with_what_the_model_says()
    {
        JsonNode json = Json("lens", Dog);
        JsonArray layers = json["layers"]!.AsArray();
        layers.Count.ShouldBe(6);
        json["prompt"]!.AsArray().Select(token => (string)token!["token"]!).ShouldBe(["<s>", "où", "vit", "le", "chien", "?", "réponse"]);
        JsonNode said = Last(layers[^1]!);
        ((string)said["token"]!).ShouldBe("port");
        ((string)Last(layers[3]!)["token"]!).ShouldBe("harbour");
        ((string)Last(layers[3]!)["language"]!).ShouldBe("en");
        string generated = (string)JsonNode.Parse(
            CommandLine.Run("generate", s_checkpoint, "--prompt", Dog, "--max-new-tokens", "1", "--json").Output)!["texts"]![0]!["text"]!;
        generated.ShouldEndWith((string)said["token"]!);
        double clean = (double)Json("ablate", Dog, "--neurons", "0.ffn.0")["answers"]![0]!["clean"]!;
        ((double)said["probability"]!).ShouldBe(clean, 1e-6);
        Last(Json("lens", Dog, "--lens", "raw")["layers"]![3]!).ToJsonString().ShouldNotBe(Last(layers[3]!).ToJsonString());

        static JsonNode Last(JsonNode layer) => layer.AsArray()[^1]!;
    }

    [Fact]
    public void The_lens_draws_every_cell()
    {
        string path = _folder.File("pictures/lens.svg");
        CommandOutcome outcome = CommandLine.Run("lens", Dog, "--svg", path);
        outcome.Error.ShouldBeEmpty();
        outcome.Output.ShouldContain("harbour en");
        outcome.Output.ShouldContain($"Drawn in {path}.");
        XElement svg = XDocument.Load(path).Root!;
        XNamespace ns = "http://www.w3.org/2000/svg";
        svg.Elements(ns + "g").Count().ShouldBe(7 * 7);
        svg.Element(ns + "title")!.Value.ShouldBe(Dog);
        svg.Element(ns + "desc")!.Value.ShouldContain("layer 3 harbour");
        svg.Descendants(ns + "text").Select(text => text.Value).ShouldContain("task-solving");
    }

    [Fact]
    public void A_checkpoint_that_no_file_describes_is_shown_by_script()
    {
        JsonNode json = Json("lens", "狗 住 在 哪里 ? 答案", "--model", s_checkpoint);
        ((string)json["prompt"]![1]!["language"]!).ShouldBe("Hani");
        ((string)Json("lens", Dog, "--model", s_checkpoint)["prompt"]![1]!["language"]!).ShouldBe("Latn");
        JsonNode.DeepEquals(json["layers"]![5]![6]!["id"], Json("lens", "狗 住 在 哪里 ? 答案")["layers"]![5]![6]!["id"]).ShouldBeTrue();
    }

    [Fact]
    public void Neurons_that_are_off_change_the_answers_and_the_accuracy()
    {
        JsonNode json = Json("ablate", Dog, "--neurons", "0.ffn,1.ffn,2.ffn,3.ffn", "--task", "knowledge");
        ((int)json["neurons"]!).ShouldBe(4 * 192);
        ((double)json["answers"]![0]!["clean"]!).ShouldBeGreaterThan((double)json["answers"]![0]!["edited"]!);
        JsonNode french = json["languages"]!.AsArray().Single(row => (string)row!["language"]! == "fr")!;
        ((double)french["clean"]!).ShouldBeGreaterThan(0.9);
        ((double)french["off"]!).ShouldBeLessThan(0.5);
        ((double)french["logOddsLost"]!).ShouldBeGreaterThan(1);
        ((int)Json("ablate", Dog, "--neurons", "0.ffn,1.ffn,2.ffn.5", "--layers", "1-2")["neurons"]!).ShouldBe(193);
        CommandLine.Run("ablate", Dog, "--neurons", "4.ffn", "--task", "reasoning").Output.ShouldContain("Share of selection questions answered right");
    }

    [Fact]
    public void The_last_layer_s_state_brings_the_donor_s_answer_along()
    {
        JsonNode json = Json("patch", Dog, "--from", Sheep);
        ((string)json["answer"]!["token"]!).ShouldBe("port");
        ((string)json["donorAnswer"]!["token"]!).ShouldBe("île");
        JsonArray steps = json["patched"]!.AsArray();
        steps.Count.ShouldBe(6);
        double donor = (double)json["clean"]!.AsArray().Single(row => (string)row!["token"]! == "île")!["edited"]!;
        double taken = (double)steps[^1]!["answers"]!.AsArray().Single(row => (string)row!["token"]! == "île")!["edited"]!;
        taken.ShouldBe(donor, 1e-6);
        CommandLine.Run("patch", Dog, "--from", Sheep, "--layers", "5").Output.ShouldContain("layer 5 patched");
        CommandLine.Run("patch", Dog, "--from", Sheep, "--neurons", "4.ffn", "--all-positions").Output.ShouldContain("192 neurons patched");
    }

    [Fact]
    public void Attributions_add_up_and_wordings_select_knowledge_neurons()
    {
        string path = _folder.File("knowledge.json");
        string[] wordings = [Dog, "où habite le chien ? réponse", "dans quel endroit vit le chien ? réponse"];
        JsonNode json = Json(["attribute", .. wordings, "--layers", "1-3", "--out", path]);
        ((bool)json["complete"]!).ShouldBeTrue();
        ((string)json["answer"]!["token"]!).ShouldBe("port");
        JsonNode layer = json["prompts"]![0]!["layers"]![0]!;
        ((double)layer["sum"]!).ShouldBe((double)layer["clean"]! - (double)layer["baseline"]!, 0.05);
        int selected = json["knowledgeNeurons"]!.AsArray().Count;
        selected.ShouldBeGreaterThan(0);

        // They are what the answer rests on, so the answer goes with them.
        JsonNode off = Json("ablate", Dog, "--neurons", path);
        ((int)off["neurons"]!).ShouldBe(selected);
        ((double)off["answers"]![0]!["edited"]!).ShouldBeLessThan((double)off["answers"]![0]!["clean"]!);
        CommandLine.Run("attribute", Dog, "--answer", "forêt", "--layers", "2").Output.ShouldContain("→ forêt");
    }

    private static JsonNode Json(params string[] args)
    {
        CommandOutcome outcome = CommandLine.Run([.. args, "--json"]);
        outcome.Error.ShouldBeEmpty();
        outcome.Code.ShouldBe(ExitCodes.Success);
        return JsonNode.Parse(outcome.Output)!;
    }
}
