namespace MWork.Probes.Tokenizers;

/// <summary>The special tokens of a <see cref="WordLevelTokenizer"/>; begin, end and pad may be null for none.</summary>
public sealed record WordLevelSpecialTokens(
    string Unknown = "<unk>", string? Begin = "<s>", string? End = "</s>", string? Pad = "<pad>")
{
    /// <summary>Those there are, in the order unknown, begin, end, pad.</summary>
    internal IEnumerable<string> All => new[] { Unknown, Begin, End, Pad }.OfType<string>().Distinct(StringComparer.Ordinal);
}
