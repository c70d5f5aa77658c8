using UpstreamTokenizer = Microsoft.ML.Tokenizers.Tokenizer;

namespace MWork.Probes.Tokenizers;

/// <summary>
/// Any tokenizer of Microsoft.ML.Tokenizers, to be given to a model or a subject in place of what its directory holds. Compiled with
/// <c>-p:MWorkTokenizers=microsoft</c>.
/// </summary>
/// <param name="tokenizer">Made such that it adds nothing to a text: what begins and ends a sequence is added here.</param>
/// <param name="vocabulary">Token to id, special tokens included; most tokenizers of that library show theirs as <c>Vocabulary</c>.</param>
public sealed class MicrosoftTokenizer(UpstreamTokenizer tokenizer, IReadOnlyDictionary<string, int> vocabulary) : ITokenizer
{
    private readonly Dictionary<int, string> _tokens = vocabulary.ToDictionary(entry => entry.Value, entry => entry.Key);

    public int VocabularySize { get; } = vocabulary.Values.Max() + 1;

    public int? BosId { get; init; }

    public int? EosId { get; init; }

    public int? PadId { get; init; }

    public int? UnknownId { get; init; }

    /// <summary>Whether sequences begin with <see cref="BosId"/>.</summary>
    public bool AddBos { get; init; } = true;

    /// <summary>Whether sequences end with <see cref="EosId"/>.</summary>
    public bool AddEos { get; init; }

    public int[] Encode(string text, bool addSpecialTokens = true)
    {
        int[] begin = addSpecialTokens && AddBos && BosId is { } bos ? [bos] : [];
        int[] end = addSpecialTokens && AddEos && EosId is { } eos ? [eos] : [];
        return [.. begin, .. tokenizer.EncodeToIds(CodePoints.WellFormed(text)), .. end];
    }

    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens = true)
    {
        int?[] skipped = skipSpecialTokens ? [BosId, EosId, PadId, UnknownId] : [];
        return tokenizer.Decode([.. ids.ToArray().Where(id => _tokens.ContainsKey(id) && !skipped.Contains(id))]);
    }

    public int? TokenToId(string token) => vocabulary.TryGetValue(token, out int id) ? id : null;

    public string? IdToToken(int id) => _tokens.GetValueOrDefault(id);
}
