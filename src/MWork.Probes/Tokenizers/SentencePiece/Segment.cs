namespace MWork.Probes.Tokenizers.SentencePiece;

/// <summary>A stretch of normalized text and the id of its piece.</summary>
internal readonly record struct Segment(int Start, int Length, int Id);
