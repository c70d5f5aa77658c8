namespace MWork.Probes.Tokenizers.SentencePiece;

internal readonly record struct ScoredPiece(string Text, float Score, PieceType Type);
