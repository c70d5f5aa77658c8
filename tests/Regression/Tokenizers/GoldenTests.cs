using System.Text;
using System.Text.Json;
using MWork.Probes.Tokenizers;
using Shouldly;

namespace MWork.Regression.Tokenizers;

/// <summary>Every case of <c>fixtures/golden/tokenizers</c>, computed with the reference libraries.</summary>
public sealed class GoldenTests
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static TheoryData<string> Names { get; } =
        new(Directory.GetDirectories(TokenizerFixtures.Root).Select(Path.GetFileName)!);

    [Theory]
    [MemberData(nameof(Names))]
    public void Ids_tokens_and_decoded_text_are_those_of_the_reference(string name)
    {
        ITokenizer tokenizer = TokenizerFixtures.Load(name);
        Expected expected = JsonSerializer.Deserialize<Expected>(
            File.ReadAllText(Path.Combine(TokenizerFixtures.Root, name, "expected.json")), Json)!;
        expected.Cases.Length.ShouldBeGreaterThan(40);
        bool tokensArePlain = expected.Source.StartsWith("sentencepiece", StringComparison.Ordinal);
        var mismatches = new StringBuilder();
        foreach (Case c in expected.Cases)
        {
            int[] ids = tokenizer.Encode(c.Text);
            int[] plain = tokenizer.Encode(c.Text, addSpecialTokens: false);
            Compare("ids", c.Text, c.Ids, ids);
            Compare("ids_plain", c.Text, c.IdsPlain, plain);
            Compare("tokens", c.Text, c.Tokens, (tokensArePlain ? plain : ids).Select(tokenizer.IdToToken));
            Compare("decoded", c.Text, [c.Decoded], [tokenizer.Decode(ids)]);
            Compare("ids of tokens", c.Text, c.Tokens.Select(tokenizer.TokenToId), (tokensArePlain ? plain : ids).Cast<int?>());
        }

        mismatches.ToString().ShouldBeEmpty();

        void Compare<T>(string what, string text, IEnumerable<T> wanted, IEnumerable<T> got)
        {
            if (!wanted.SequenceEqual(got))
                mismatches.AppendLine(
                    $"{what} of {JsonSerializer.Serialize(text)}: expected [{string.Join('|', wanted)}], got [{string.Join('|', got)}]");
        }
    }

    private sealed record Expected(string Source, Case[] Cases);

    private sealed record Case(string Text, int[] Ids, int[] IdsPlain, string[] Tokens, string Decoded);
}
