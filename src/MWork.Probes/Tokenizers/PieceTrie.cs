namespace MWork.Probes.Tokenizers;

/// <summary>A prefix tree over UTF-16 units or bytes: which of the stored strings begin at a place.</summary>
internal sealed class PieceTrie
{
    private readonly Dictionary<long, int> _edges = [];
    private readonly Dictionary<int, int> _values = [];
    private int _nodes = 1;

    public bool IsEmpty => _values.Count == 0;

    public void Add(ReadOnlySpan<char> key, int value)
    {
        int node = 0;
        foreach (char unit in key)
            node = Child(node, unit);
        _values[node] = value;
    }

    public void Add(ReadOnlySpan<byte> key, int value)
    {
        int node = 0;
        foreach (byte unit in key)
            node = Child(node, (char)unit);
        _values[node] = value;
    }

    /// <summary>One step down; the root is 0, a missing edge gives false.</summary>
    public bool Step(ref int node, char unit) => _edges.TryGetValue(Key(node, unit), out node);

    public bool TryGetValue(int node, out int value) => _values.TryGetValue(node, out value);

    /// <summary>The longest stored string that <paramref name="text"/> begins with.</summary>
    public bool TryLongest(ReadOnlySpan<char> text, out int length, out int value)
    {
        (length, value) = (0, -1);
        int node = 0;
        for (int i = 0; i < text.Length && Step(ref node, text[i]); i++)
        {
            if (TryGetValue(node, out int found))
                (length, value) = (i + 1, found);
        }

        return length > 0;
    }

    /// <inheritdoc cref="TryLongest(ReadOnlySpan{char}, out int, out int)"/>
    public bool TryLongest(ReadOnlySpan<byte> text, out int length)
    {
        length = 0;
        int node = 0;
        for (int i = 0; i < text.Length && Step(ref node, (char)text[i]); i++)
        {
            if (_values.ContainsKey(node))
                length = i + 1;
        }

        return length > 0;
    }

    private int Child(int node, char unit)
    {
        if (!_edges.TryGetValue(Key(node, unit), out int child))
            _edges[Key(node, unit)] = child = _nodes++;
        return child;
    }

    private static long Key(int node, char unit) => ((long)node << 16) | unit;
}
