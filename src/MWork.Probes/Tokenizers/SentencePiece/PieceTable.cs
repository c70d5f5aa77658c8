using MWork.Probes.Tokenizers.Pipeline;

namespace MWork.Probes.Tokenizers.SentencePiece;

/// <summary>Pieces by text and by id, checked as <c>ModelInterface::InitializePieces</c> checks them.</summary>
internal sealed class PieceTable
{
    private readonly SentencePieceModel _model;
    private readonly Dictionary<string, int> _pieces = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _reserved = new(StringComparer.Ordinal);

    public PieceTable(SentencePieceModel model)
    {
        _model = model;
        int unknown = -1;
        for (int id = 0; id < model.Pieces.Count; id++)
        {
            ScoredPiece piece = model.Pieces[id];
            bool normal = piece.Type is PieceType.Normal or PieceType.UserDefined or PieceType.Unused;
            if (!(normal ? _pieces : _reserved).TryAdd(piece.Text, id))
                throw Refuse($"the piece '{piece.Text}' stands there twice.");
            LongestPiece = Math.Max(LongestPiece, piece.Text.Length);
            if (piece.Type == PieceType.Unknown && unknown >= 0)
                throw Refuse($"both '{model.Pieces[unknown].Text}' and '{piece.Text}' are of the unknown type.");
            if (piece.Type == PieceType.Unknown)
                unknown = id;
            if (piece.Type == PieceType.Byte)
                AddByte(piece.Text, id);
        }

        if (unknown < 0)
            throw Refuse("no piece is of the unknown type.");
        UnknownId = unknown;
        if (model.ByteFallback && Array.IndexOf(ByteIds, -1) >= 0)
            throw Refuse("byte_fallback is on, but there are not 256 byte pieces.");
    }

    public int UnknownId { get; }

    /// <summary>In UTF-16 units.</summary>
    public int LongestPiece { get; }

    /// <summary>The id of each byte's piece, -1 for none.</summary>
    public int[] ByteIds { get; } = [.. Enumerable.Repeat(-1, 256)];

    public int Count => _model.Pieces.Count;

    public ScoredPiece this[int id] => _model.Pieces[id];

    /// <summary>A piece that merging may form.</summary>
    public bool TryGetNormal(ReadOnlySpan<char> text, out int id) =>
        _pieces.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out id);

    public int? Find(string text) =>
        _reserved.TryGetValue(text, out int id) || _pieces.TryGetValue(text, out id) ? id : null;

    /// <summary>The id, that of the unknown piece if there is none.</summary>
    public int IdOrUnknown(ReadOnlySpan<char> text) =>
        _reserved.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out int id) || TryGetNormal(text, out id)
            ? id
            : UnknownId;

    private void AddByte(string text, int id)
    {
        if (!_model.ByteFallback)
            throw Refuse($"there is a byte piece '{text}' although byte_fallback is off.");
        byte value = ByteFallbackDecoder.ValueOf(text) ?? throw Refuse($"the byte piece '{text}' names no byte.");
        ByteIds[value] = id;
    }

    private TokenizerFormatException Refuse(string sentence) => TokenizerFormatException.At(_model.File, "pieces", sentence);
}
