using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MWork.Probes.Tokenizers;
using MWork.Probes.Tokenizers.Pipeline;
using Shouldly;

namespace MWork.Regression.Tokenizers;

/// <summary>Each step of the pipeline on its own, against <c>fixtures/golden/tokenizer-steps.json</c>.</summary>
public sealed class StepTests
{
    private static readonly JsonNode Steps =
        JsonNode.Parse(File.ReadAllText(Path.Combine(TokenizerFixtures.Root, "../tokenizer-steps.json")))!;

    public static TheoryData<string> Names { get; } =
        new(Steps["variants"]!.AsArray().Select(variant => variant!["name"]!.GetValue<string>()));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_variant_gives_the_ids_and_the_text_of_the_reference(string name)
    {
        JsonNode variant = Steps["variants"]!.AsArray().Single(v => string.Equals(v!["name"]!.GetValue<string>(), name, StringComparison.Ordinal))!;
        PipelineTokenizer tokenizer = TokenizerJson.Read(
            name, Patched(variant["base"]!.GetValue<string>(), variant["patch"]!.AsObject()), SpecialTokenNames.None);
        var mismatches = new StringBuilder();
        for (int i = 0; i < Steps["texts"]!.AsArray().Count; i++)
        {
            string text = Steps["texts"]![i]!.GetValue<string>();
            int[] ids = tokenizer.Encode(text);
            int[] wanted = [.. variant["ids"]![i]!.AsArray().Select(id => id!.GetValue<int>())];
            string decoded = tokenizer.Decode(wanted, skipSpecialTokens: false);
            string wantedText = variant["decoded"]![i]!.GetValue<string>();
            if (!ids.SequenceEqual(wanted))
                mismatches.AppendLine($"ids of {JsonSerializer.Serialize(text)}: expected {string.Join(' ', wanted)}, got {string.Join(' ', ids)}");
            if (!string.Equals(decoded, wantedText, StringComparison.Ordinal))
                mismatches.AppendLine($"decoded: expected {JsonSerializer.Serialize(wantedText)}, got {JsonSerializer.Serialize(decoded)}");
        }

        mismatches.ToString().ShouldBeEmpty();
    }

    [Fact]
    public void Merges_may_be_written_as_strings()
    {
        JsonObject file = Base("llama2");
        file["model"]!["merges"] = new JsonArray(
            [.. file["model"]!["merges"]!.AsArray().Select(pair => (JsonNode)$"{pair![0]} {pair[1]}")]);
        const string Text = "The cat sat on the mat; it's 12345.";
        TokenizerJson.Read("strings", Bytes(file), SpecialTokenNames.None).Encode(Text)
            .ShouldBe(TokenizerFixtures.Load("llama2").Encode(Text));
    }

    private static JsonObject Base(string name) => JsonNode.Parse(File.ReadAllText(TokenizerFixtures.FileOf(name)))!.AsObject();

    private static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(node.ToJsonString());

    private static byte[] Patched(string name, JsonObject patch)
    {
        JsonObject file = Base(name);
        foreach ((string field, JsonNode? value) in patch)
        {
            if (field.StartsWith("model.", StringComparison.Ordinal))
                file["model"]![field["model.".Length..]] = value?.DeepClone();
            else
                file[field] = value?.DeepClone();
        }

        return Bytes(file);
    }
}
