namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>Spaces as a visible character (<c>▁</c>), both ways.</summary>
internal sealed class Metaspace : IPreTokenizer, IDecoder
{
    private readonly string _replacement;
    private readonly PrependScheme _scheme;
    private readonly SplitPreTokenizer? _split;

    private Metaspace(string replacement, PrependScheme scheme, bool split)
    {
        _replacement = replacement;
        _scheme = scheme;
        _split = split ? new SplitPreTokenizer(new LiteralDelimiter(replacement), SplitBehavior.MergedWithNext) : null;
    }

    public static Metaspace Read(JsonField field)
    {
        JsonField replacement = field["replacement"];
        string text = replacement.Text();
        if (text.Length == 0 || char.ConvertToUtf32(text, 0) > 0xFFFF != (text.Length == 2) || text.Length > 2)
            throw replacement.Refuse("must be a single character.");
        PrependScheme scheme = PrependScheme.Always;
        if (field.Find("prepend_scheme") is { } named)
        {
            scheme = named.Text() switch
            {
                "always" => PrependScheme.Always,
                "first" => PrependScheme.First,
                "never" => PrependScheme.Never,
                _ => throw named.Unsupported("scheme", named.Text(), "always, first, never"),
            };
        }

        // The older field, which must agree with the newer where both stand.
        if (!field.Flag("add_prefix_space", absent: true))
        {
            if (scheme != PrependScheme.Never && field.Find("prepend_scheme") is not null)
                throw field.Refuse("'add_prefix_space' and 'prepend_scheme' contradict each other.");
            scheme = PrependScheme.Never;
        }

        return new Metaspace(text, scheme, field.Flag("split", absent: true));
    }

    public void Split(Piece piece, List<Piece> output)
    {
        string text = piece.Text.Replace(" ", _replacement, StringComparison.Ordinal);
        bool prepend = _scheme == PrependScheme.Always || (_scheme == PrependScheme.First && piece.AtStart);
        if (prepend && !text.StartsWith(_replacement, StringComparison.Ordinal))
            text = _replacement + text;
        piece = piece with { Text = text };
        if (_split is null)
            output.Add(piece);
        else
            _split.Split(piece, output);
    }

    public List<string> Decode(List<string> tokens)
    {
        for (int i = 0; i < tokens.Count; i++)
        {
            string space = i == 0 && _scheme != PrependScheme.Never ? string.Empty : " ";
            tokens[i] = tokens[i].Replace(_replacement, space, StringComparison.Ordinal);
        }

        return tokens;
    }
}
