using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Models.Checkpoints;
using MWork.Probes.Models.Generation;
using MWork.Probes.Tensors.Managed;
using MWork.Probes.Tokenizers;
using MWork.Regression.Checkpoints;
using MWork.Regression.Tokenizers;
using MWork.Testing;
using Shouldly;

namespace MWork.Regression.Models;

/// <summary>Continuations as text, and what a directory says of stop tokens.</summary>
public sealed class GeneratedTextTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("llama2")]
    [InlineData("llama3")]
    [InlineData("gemma")]
    [InlineData("sentencepiece-bpe")]
    public void Prompt_and_continuation_together_are_the_whole_text(string name)
    {
        // Cut between every two tokens, also inside a character and before a space.
        ITokenizer tokenizer = TokenizerFixtures.Load(name);
        const string Whole = "naïve café 你好 🇫🇷 two  spaces";
        int[] ids = tokenizer.Encode(Whole, addSpecialTokens: false);
        for (int cut = 1; cut < ids.Length; cut++)
        {
            string prompt = tokenizer.Decode(ids[..cut]);
            string text = new Continuation(ids[..cut], ids[cut..], EndReason.MaxNewTokens).Text(tokenizer);
            (prompt[..^prompt.Reverse().TakeWhile(c => c == '\uFFFD').Count()] + text).ShouldBe(Whole);
        }
    }

    [Fact]
    public void Text_has_neither_the_stop_token_nor_special_ones()
    {
        ITokenizer tokenizer = TokenizerFixtures.Load("llama2");
        int[] prompt = tokenizer.Encode("Hello");
        int[] ids = [.. tokenizer.Encode(" world.", addSpecialTokens: false)];
        string free = new Continuation(prompt, ids, EndReason.MaxNewTokens).Text(tokenizer);
        free.ShouldEndWith("world.");
        new Continuation(prompt, [.. ids, tokenizer.EosId!.Value], EndReason.StopToken).Text(tokenizer).ShouldBe(free);

        // A stop token need not be special.
        new Continuation(prompt, ids, EndReason.StopToken).Text(tokenizer).ShouldBe(free[..^1]);
    }

    [Fact]
    public void A_model_continues_texts_and_stops_where_its_tokenizer_says()
    {
        using LanguageModel model = ModelDirectory.Load(Repository.Fixture("models", "english-pivot"), ManagedBackend.Shared);
        string[] prompts = ["where does the", "what is"];
        int eos = model.Tokenizer.EosId!.Value;

        // The small world's models never end by themselves: the end is made certain at the sixth token.
        SitePlan end = SitePlan.None.Edit(Sites.Logits, (ops, x) =>
            ops.Add(x, ops.FromArray([.. Enumerable.Range(0, x.Size(-1)).Select(id => id == eos ? 1e6f : 0)], x.Size(-1))));
        IReadOnlyList<GeneratedText> given = Generator.Generate(
            model, prompts, new GenerationOptions { Plan = pass => pass.Step == 5 ? end : SitePlan.None });
        given.Select(text => text.Prompt).ShouldBe(prompts);
        foreach (GeneratedText text in given)
        {
            text.Continuation.Prompt.ShouldBe(model.Tokenizer.Encode(text.Prompt));
            text.Continuation.Ended.ShouldBe(EndReason.StopToken);
            text.Continuation.Ids.Count.ShouldBe(6);
            text.Continuation.Ids[^1].ShouldBe(eos);
            model.Tokenizer.Encode(text.Prompt + text.Text)
                .ShouldBe([.. text.Continuation.Prompt, .. text.Continuation.Ids.SkipLast(1)]);
        }

        Should.Throw<ArgumentException>(() => Generator.Generate(model, ["what", ""])).Message
            .ShouldBe("Prompt 2 is empty; there must be a token to continue.");
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("[7]", "{\"eos_token_id\": 7}")]
    [InlineData("[8,9]", "{\"eos_token_id\": 7}", "{\"eos_token_id\": [8, 9]}")]
    [InlineData("[7]", "{\"eos_token_id\": 7}", "{\"eos_token_id\": null}")]
    [InlineData(null, "{\"eos_token_id\": null}")]
    public void Stop_tokens_are_those_of_the_generation_config_before_those_of_the_config(
        string? ids, string? config, string? generation = null)
    {
        Write("config.json", config);
        Write("generation_config.json", generation);
        IReadOnlyList<int>? given = GenerationConfig.ReadStopTokens(_folder.Path);
        (given is null ? null : $"[{string.Join(',', given)}]").ShouldBe(ids);
    }

    [Theory]
    [InlineData("\"2\"")]
    [InlineData("-1")]
    [InlineData("[1, 2.5]")]
    public void A_stop_token_that_is_no_id_is_refused_by_field(string json)
    {
        Write("generation_config.json", $"{{\"eos_token_id\": {json}}}");
        Should.Throw<CheckpointException>(() => GenerationConfig.ReadStopTokens(_folder.Path))
            .Message.ShouldContain("eos_token_id");
    }

    private void Write(string name, string? json)
    {
        if (json is not null)
        {
            File.WriteAllText(_folder.File(name), json);
        }
    }
}
