using MWork.Probes.Tokenizers.Pipeline;

namespace MWork.Probes.Tokenizers;

/// <summary>
/// A vocabulary of whole words, split at white space: the tokenizer of the small worlds. It runs from the very bytes that
/// <see cref="Save"/> writes, so what is saved is what was used.
/// </summary>
public sealed class WordLevelTokenizer : ITokenizer
{
    private readonly byte[] _json;
    private readonly byte[] _config;
    private readonly PipelineTokenizer _tokenizer;

    private WordLevelTokenizer(byte[] json, byte[] config)
    {
        _json = json;
        _config = config;
        _tokenizer = TokenizerJson.Read(
            "tokenizer.json", json, JsonField.Parse("tokenizer_config.json", config, SpecialTokenNames.Read));
    }

    public int VocabularySize => _tokenizer.VocabularySize;

    public int? BosId => _tokenizer.BosId;

    public int? EosId => _tokenizer.EosId;

    public int? PadId => _tokenizer.PadId;

    public int? UnknownId => _tokenizer.UnknownId;

    /// <summary>Makes a tokenizer whose ids are the positions in the list.</summary>
    /// <param name="vocabulary">Distinct words without white space. Special tokens that it does not list are put before it, in
    /// the order unknown, begin, end, pad.</param>
    /// <param name="special">Names of the special tokens; null for <see cref="WordLevelSpecialTokens"/>'s defaults.</param>
    /// <param name="beginWithBos">Whether <see cref="Encode"/> puts the begin token first when it adds special tokens.</param>
    /// <exception cref="ArgumentException">A word is empty, repeated, holds white space, or holds a special token.</exception>
    public static WordLevelTokenizer Create(
        IReadOnlyList<string> vocabulary, WordLevelSpecialTokens? special = null, bool beginWithBos = true)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        special ??= new WordLevelSpecialTokens();
        string[] words = [.. special.All.Where(token => !vocabulary.Contains(token, StringComparer.Ordinal)), .. vocabulary];
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string word in words)
        {
            if (word.Length == 0 || word.Any(c => char.IsWhiteSpace(c)) || !IsWellFormed(word))
                throw new ArgumentException(
                    $"The word '{word}' is empty, holds white space or is not valid Unicode.", nameof(vocabulary));
            if (special.All.Any(token => word.Contains(token, StringComparison.Ordinal)
                && !string.Equals(word, token, StringComparison.Ordinal)))
                throw new ArgumentException($"The word '{word}' holds a special token, which would cut it.", nameof(vocabulary));
            if (!ids.TryAdd(word, ids.Count))
                throw new ArgumentException($"The word '{word}' stands there twice.", nameof(vocabulary));
        }

        var writer = new WordLevelJson(words, ids, special, beginWithBos);
        return new WordLevelTokenizer(writer.Tokenizer(), writer.Config());
    }

    /// <summary>
    /// Writes <c>tokenizer.json</c> and <c>tokenizer_config.json</c> into the directory <paramref name="path"/>, or only the
    /// former if <paramref name="path"/> ends in <c>.json</c>. Both load in the tokenizers and transformers libraries.
    /// </summary>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            File.WriteAllBytes(path, _json);
            return;
        }

        Directory.CreateDirectory(path);
        File.WriteAllBytes(Path.Combine(path, "tokenizer.json"), _json);
        File.WriteAllBytes(Path.Combine(path, "tokenizer_config.json"), _config);
    }

    public int[] Encode(string text, bool addSpecialTokens = true) => _tokenizer.Encode(text, addSpecialTokens);

    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens = true) => _tokenizer.Decode(ids, skipSpecialTokens);

    public int? TokenToId(string token) => _tokenizer.TokenToId(token);

    public string? IdToToken(int id) => _tokenizer.IdToToken(id);

    private static bool IsWellFormed(string word) =>
        string.Equals(word, CodePoints.WellFormed(word), StringComparison.Ordinal);
}
