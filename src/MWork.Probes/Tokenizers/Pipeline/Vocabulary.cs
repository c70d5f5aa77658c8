namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>Tokens and their ids, one to one.</summary>
internal sealed class Vocabulary
{
    /// <summary>Far above any real vocabulary; a damaged id must not ask for an embedding table of gigabytes.</summary>
    public const int LargestId = (1 << 24) - 1;

    private readonly Dictionary<string, int> _ids;
    private readonly Dictionary<int, string> _tokens;

    private Vocabulary(Dictionary<string, int> ids, Dictionary<int, string> tokens)
    {
        _ids = ids;
        _tokens = tokens;
        Size = tokens.Count == 0 ? 0 : tokens.Keys.Max() + 1;
    }

    /// <summary>One more than the highest id.</summary>
    public int Size { get; }

    public IEnumerable<KeyValuePair<string, int>> Entries => _ids;

    /// <summary>Reads <c>{"token": id, …}</c>.</summary>
    public static Vocabulary Read(JsonField field)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        var tokens = new Dictionary<int, string>();
        foreach ((string token, JsonField value) in field.Members())
        {
            int id = value.Integer();
            if (id > LargestId)
                throw field.Refuse($"the id {id} of '{token}' is larger than {LargestId}.");
            if (!ids.TryAdd(token, id))
                throw field.Refuse($"the token '{token}' stands there twice.");
            if (!tokens.TryAdd(id, token))
                throw field.Refuse($"the id {id} belongs to both '{tokens[id]}' and '{token}'.");
        }

        return new Vocabulary(ids, tokens);
    }

    public int? IdOf(string token) => _ids.TryGetValue(token, out int id) ? id : null;

    public bool TryGetId(ReadOnlySpan<char> token, out int id) =>
        _ids.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(token, out id);

    public string? TokenOf(int id) => _tokens.GetValueOrDefault(id);
}
