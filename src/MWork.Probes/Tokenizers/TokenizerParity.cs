using System.Text.Json;

namespace MWork.Probes.Tokenizers;

/// <summary>
/// Holds a tokenizer against reference values that lie beside it in <c>expected.json</c>: for each text its ids with and without
/// special tokens, its tokens as the vocabulary spells them, and the text that its ids decode to. <c>docs/verify.md</c> shows how to
/// make such a file.
/// </summary>
public static class TokenizerParity
{
    /// <summary>The file of reference values.</summary>
    public const string FileName = "expected.json";

    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Compares every case of the directory's reference values.</summary>
    /// <exception cref="TokenizerFormatException">The tokenizer, or the file of reference values, cannot be used.</exception>
    /// <exception cref="IOException">There is no such file.</exception>
    public static IReadOnlyList<TokenizerParityCase> Run(string directory)
    {
        string path = Path.Combine(directory, FileName);
        ExpectedFile expected = Read(path);
        ITokenizer tokenizer = Tokenizer.Load(directory);

        // SentencePiece itself knows no special tokens around a text, so that its tokens are the plain ones.
        bool plainTokens = expected.Source.StartsWith("sentencepiece", StringComparison.Ordinal);
        return [.. expected.Cases.Select(c => Compare(tokenizer, c, plainTokens))];
    }

    private static ExpectedFile Read(string path)
    {
        try
        {
            ExpectedFile expected = JsonSerializer.Deserialize<ExpectedFile>(File.ReadAllBytes(path), s_json)
                ?? throw new TokenizerFormatException($"{path}: null is not a file of reference values; docs/verify.md shows one.");
            return expected.Cases.Length > 0
                ? expected
                : throw new TokenizerFormatException($"{path}: cases: there is none to compare.");
        }
        catch (JsonException error)
        {
            throw new TokenizerFormatException(
                $"{path} is not a file of reference values as docs/verify.md shows one: {error.Message}", error);
        }
    }

    private static TokenizerParityCase Compare(ITokenizer tokenizer, ExpectedCase c, bool plainTokens)
    {
        int[] ids = tokenizer.Encode(c.Text);
        int[] plain = tokenizer.Encode(c.Text, addSpecialTokens: false);
        IEnumerable<string?> tokens = (plainTokens ? plain : ids).Select(tokenizer.IdToToken);
        string decoded = tokenizer.Decode(ids);
        return new TokenizerParityCase(
            c.Text,
            Difference(c.Ids, ids),
            Difference(c.IdsPlain, plain),
            Difference(c.Tokens, tokens),
            decoded == c.Decoded ? null : $"expected {Quote(c.Decoded)}, got {Quote(decoded)}");
    }

    private static string? Difference<T>(IEnumerable<T> wanted, IEnumerable<T> given) => wanted.SequenceEqual(given)
        ? null
        : $"expected [{string.Join(' ', wanted)}], got [{string.Join(' ', given)}]";

    private static string Quote(string text) => JsonSerializer.Serialize(text);

    private sealed record ExpectedFile(string Source, ExpectedCase[] Cases);

    private sealed record ExpectedCase(string Text, int[] Ids, int[] IdsPlain, string[] Tokens, string Decoded);
}
