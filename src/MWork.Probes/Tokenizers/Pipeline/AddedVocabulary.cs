namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>The added tokens of a <c>tokenizer.json</c>: found before (or, if normalized, after) normalization.</summary>
internal sealed class AddedVocabulary
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<int, AddedToken> _tokens = [];
    private readonly Dictionary<int, string> _normalizedForms = [];
    private readonly HashSet<string> _special = new(StringComparer.Ordinal);
    private readonly AddedTokenMatcher? _raw;
    private readonly AddedTokenMatcher? _normalized;
    private readonly INormalizer? _normalizer;

    private AddedVocabulary(List<AddedToken> tokens, INormalizer? normalizer)
    {
        _normalizer = normalizer;
        var raw = new List<(string, AddedToken)>();
        var normalized = new List<(string, AddedToken)>();
        foreach (AddedToken token in tokens)
        {
            _ids[token.Content] = token.Id;
            _tokens[token.Id] = token;
            Size = Math.Max(Size, token.Id + 1);
            if (token.Special)
                _special.Add(token.Content);
            string pattern = token.Normalized && normalizer is not null ? normalizer.Normalize(token.Content) : token.Content;
            if (!string.Equals(pattern, token.Content, StringComparison.Ordinal))
                _normalizedForms[token.Id] = pattern;
            (token.Normalized ? normalized : raw).Add((pattern, token));
        }

        _raw = raw.Count == 0 ? null : new AddedTokenMatcher(raw);
        _normalized = normalized.Count == 0 ? null : new AddedTokenMatcher(normalized);
    }

    /// <summary>One more than the highest id, 0 without tokens.</summary>
    public int Size { get; }

    public IEnumerable<AddedToken> Tokens => _tokens.Values;

    public static AddedVocabulary Read(JsonField? field, Vocabulary model, INormalizer? normalizer)
    {
        var tokens = new List<AddedToken>();
        var ids = new Dictionary<int, string>();
        var contents = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonField item in field?.Items() ?? [])
        {
            AddedToken token = AddedToken.Read(item);
            if (!ids.TryAdd(token.Id, token.Content))
                throw item.Refuse($"the id {token.Id} belongs to both '{ids[token.Id]}' and '{token.Content}'.");
            if (!contents.Add(token.Content))
                throw item.Refuse($"the token '{token.Content}' stands there twice.");
            if ((model.IdOf(token.Content) ?? token.Id) != token.Id)
                throw item.Refuse($"'{token.Content}' has id {token.Id} here and {model.IdOf(token.Content)} in model.vocab.");
            if (model.TokenOf(token.Id) is { } other && !string.Equals(other, token.Content, StringComparison.Ordinal))
                throw item.Refuse($"the id {token.Id} of '{token.Content}' belongs to '{other}' in model.vocab.");
            tokens.Add(token);
        }

        return new AddedVocabulary(tokens, normalizer);
    }

    public int? IdOf(string token) => _ids.TryGetValue(token, out int id) ? id : null;

    public string? TokenOf(int id) => _tokens.GetValueOrDefault(id)?.Content;

    /// <summary>What the decoder sees: the normalized form where normalization changes the token.</summary>
    public string? FormToDecode(int id) => _normalizedForms.GetValueOrDefault(id) ?? TokenOf(id);

    public bool IsSpecial(string token) => _special.Contains(token);

    /// <summary>Normalizes the text between added tokens and calls back with pieces and ids in order.</summary>
    public void Cut(string text, Action<Piece> onPiece, Action<int> onToken)
    {
        CutWith(_raw, text, (part, offset, token) =>
        {
            if (token is not null)
            {
                onToken(token.Id);
                return;
            }

            string normal = _normalizer?.Normalize(part) ?? part;
            CutWith(_normalized, normal, (inner, innerOffset, innerToken) =>
            {
                if (innerToken is not null)
                    onToken(innerToken.Id);
                else
                    onPiece(new Piece(inner, offset + innerOffset == 0));
            });
        });
    }

    private static void CutWith(AddedTokenMatcher? matcher, string text, Action<string, int, AddedToken?> emit)
    {
        if (text.Length == 0)
            return;
        if (matcher is null)
            emit(text, 0, null);
        else
            matcher.Cut(text, emit);
    }
}
