namespace MWork.Probes.Tokenizers.Patterns;

/// <summary>A part of a text that a delimiter matched, or one between matches.</summary>
internal readonly record struct Stretch(int Start, int End, bool IsMatch);
