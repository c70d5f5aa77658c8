namespace MWork.Probes.Tokenizers;

/// <summary>
/// Text to token ids and back. Ids lie in [0, <see cref="VocabularySize"/>). Instances are immutable to their users and may be
/// shared between threads.
/// </summary>
public interface ITokenizer
{
    /// <summary>One more than the highest id, added tokens included: the rows an embedding table needs.</summary>
    int VocabularySize { get; }

    /// <summary>Begin-of-sequence id, or null where the files name none.</summary>
    int? BosId { get; }

    /// <summary>End-of-sequence id, or null where the files name none.</summary>
    int? EosId { get; }

    /// <summary>Padding id, or null where the files name none.</summary>
    int? PadId { get; }

    /// <summary>The id that stands for what the vocabulary cannot express, or null where the files name none.</summary>
    int? UnknownId { get; }

    /// <summary>The ids of <paramref name="text"/>. A lone surrogate acts as U+FFFD.</summary>
    /// <param name="text">Any text, also the empty one.</param>
    /// <param name="addSpecialTokens">Whether the tokens that the tokenizer's post-processor adds (such as <c>&lt;s&gt;</c>) are
    /// added. Special tokens that stand in the text itself are recognised either way.</param>
    int[] Encode(string text, bool addSpecialTokens = true);

    /// <summary>The text of <paramref name="ids"/>; ids outside the vocabulary give nothing.</summary>
    string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens = true);

    /// <summary>The id of exactly this token as it is spelled in the vocabulary (<c>▁the</c>, <c>Ġthe</c>), or null.</summary>
    int? TokenToId(string token);

    /// <summary>The token as it is spelled in the vocabulary, or null for an id that has none.</summary>
    string? IdToToken(int id);
}
