namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>A stretch of normalized text on its way to the model.</summary>
/// <param name="Text">The text, changed by whatever ran before.</param>
/// <param name="AtStart">Whether it begins where the whole input begins; <c>Metaspace</c> with <c>prepend_scheme: first</c>
/// asks.</param>
internal readonly record struct Piece(string Text, bool AtStart);
