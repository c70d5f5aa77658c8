namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>A <c>tokenizer.json</c>: added tokens, normalizer, pre-tokenizer, model, post-processor, decoder.</summary>
internal sealed class PipelineTokenizer : ITokenizer
{
    private readonly AddedVocabulary _added;
    private readonly IPreTokenizer? _preTokenizer;
    private readonly ITokenModel _model;
    private readonly TemplatePostProcessor _postProcessor;
    private readonly IDecoder? _decoder;

    public PipelineTokenizer(
        AddedVocabulary added,
        IPreTokenizer? preTokenizer,
        ITokenModel model,
        TemplatePostProcessor postProcessor,
        IDecoder? decoder,
        SpecialTokenNames names)
    {
        _added = added;
        _preTokenizer = preTokenizer;
        _model = model;
        _postProcessor = postProcessor;
        _decoder = decoder;
        VocabularySize = Math.Max(model.Vocabulary.Size, added.Size);
        BosId = names.Find(names.Bos, SpecialTokenNames.UsualBos, TokenToId, added.IsSpecial);
        EosId = names.Find(names.Eos, SpecialTokenNames.UsualEos, TokenToId, added.IsSpecial);
        PadId = names.Find(names.Pad, SpecialTokenNames.UsualPad, TokenToId, added.IsSpecial);
        UnknownId = model.UnknownId ?? names.Find(names.Unknown, SpecialTokenNames.UsualUnknown, TokenToId, added.IsSpecial);
    }

    public int VocabularySize { get; }

    public int? BosId { get; }

    public int? EosId { get; }

    public int? PadId { get; }

    public int? UnknownId { get; }

    public int[] Encode(string text, bool addSpecialTokens = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        var ids = new List<int>();
        var pieces = new List<Piece>();
        if (addSpecialTokens)
            ids.AddRange(_postProcessor.Before);
        _added.Cut(CodePoints.WellFormed(text), EncodePiece, ids.Add);
        if (addSpecialTokens)
            ids.AddRange(_postProcessor.After);
        return [.. ids];

        void EncodePiece(Piece piece)
        {
            pieces.Clear();
            if (_preTokenizer is null)
                pieces.Add(piece);
            else
                _preTokenizer.Split(piece, pieces);
            foreach (Piece part in pieces)
            {
                if (part.Text.Length > 0)
                    _model.Encode(part.Text, ids);
            }
        }
    }

    public string Decode(ReadOnlySpan<int> ids, bool skipSpecialTokens = true)
    {
        var tokens = new List<string>(ids.Length);
        foreach (int id in ids)
        {
            string? token = _added.FormToDecode(id) ?? _model.Vocabulary.TokenOf(id);
            if (token is not null && !(skipSpecialTokens && _added.IsSpecial(token)))
                tokens.Add(token);
        }

        return _decoder is null ? string.Join(' ', tokens) : string.Concat(_decoder.Decode(tokens));
    }

    public int? TokenToId(string token) => _added.IdOf(token) ?? _model.Vocabulary.IdOf(token);

    public string? IdToToken(int id) => _added.TokenOf(id) ?? _model.Vocabulary.TokenOf(id);
}
