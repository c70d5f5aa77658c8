namespace MWork.Probes.Tokenizers;

/// <summary>How a text's tokens compare with the reference: each member is null where both agree, else what differs.</summary>
/// <param name="Text">The text of the case.</param>
/// <param name="Ids">With special tokens.</param>
/// <param name="IdsPlain">Without special tokens.</param>
/// <param name="Tokens">As the vocabulary spells them.</param>
/// <param name="Decoded">The text that the ids decode to.</param>
public sealed record TokenizerParityCase(string Text, string? Ids, string? IdsPlain, string? Tokens, string? Decoded)
{
    public bool Passes => Ids is null && IdsPlain is null && Tokens is null && Decoded is null;
}
