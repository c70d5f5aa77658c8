using System.Text;

namespace MWork.Probes.Tokenizers.SentencePiece;

/// <summary>
/// A SentencePiece <c>.model</c>. Special tokens are the begin token that Llama-style checkpoints add (and the end token, where
/// <c>tokenizer_config.json</c> says so); control pieces spelled out in the text are ordinary text, as in the reference.
/// </summary>
internal sealed class SentencePieceTokenizer : ITokenizer
{
    private readonly PieceTable _pieces;
    private readonly SentencePieceNormalizer _normalizer;
    private readonly ISegmenter _segmenter;
    private readonly SentencePieceDecoder _decoder;
    private readonly bool _byteFallback;
    private readonly SpecialTokenNames _names;

    public SentencePieceTokenizer(SentencePieceModel model, SpecialTokenNames names)
    {
        _pieces = new PieceTable(model);
        _normalizer = new SentencePieceNormalizer(model);
        _segmenter = model.IsBpe ? new BpeSegmenter(_pieces) : new UnigramSegmenter(_pieces);
        _decoder = new SentencePieceDecoder(model, _pieces);
        _byteFallback = model.ByteFallback;
        _names = names;
        BosId = Existing(model.BosId);
        EosId = Existing(model.EosId);
        PadId = Existing(model.PadId);
    }

    public int VocabularySize => _pieces.Count;

    public int? BosId { get; }

    public int? EosId { get; }

    public int? PadId { get; }

    public int? UnknownId => _pieces.UnknownId;

    public int[] Encode(string text, bool addSpecialTokens = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        string normalized = _normalizer.Normalize(CodePoints.WellFormed(text));
        var segments = new List<Segment>();
        _segmenter.Segment(normalized, segments);
        var ids = new List<int>(segments.Count + 2);
        if (addSpecialTokens && _names.AddBos != false && BosId is { } bos)
            ids.Add(bos);
        bool afterUnknown = false;
        foreach (Segment segment in segments)
        {
            bool unknown = segment.Id == _pieces.UnknownId;
            if (unknown && _byteFallback)
                AddBytes(normalized.AsSpan(segment.Start, segment.Length), ids);
            else if (!(unknown && afterUnknown))
                ids.Add(segment.Id);
            afterUnknown = unknown;
        }

        if (addSpecialTokens && _names.AddEos == true && EosId is { } eos)
            ids.Add(eos);
        return [.. ids];
    }

    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens = true) => _decoder.Decode(ids, skipSpecialTokens);

    public int? TokenToId(string token) => _pieces.Find(token);

    public string? IdToToken(int id) => id >= 0 && id < _pieces.Count ? _pieces[id].Text : null;

    private void AddBytes(ReadOnlySpan<char> text, List<int> ids)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        foreach (byte b in bytes)
            ids.Add(_pieces.ByteIds[b]);
    }

    private int? Existing(int id) => id >= 0 && id < _pieces.Count && _pieces[id].Type == PieceType.Control ? id : null;
}
