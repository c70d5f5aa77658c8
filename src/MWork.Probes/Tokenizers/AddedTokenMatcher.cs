namespace MWork.Probes.Tokenizers;

/// <summary>
/// Cuts text at added tokens: leftmost, then longest, as <c>AddedVocabulary::find_matches</c> of the reference does, including
/// that a match discarded by <c>single_word</c> still consumes its text.
/// </summary>
internal sealed class AddedTokenMatcher
{
    private readonly Dictionary<(int Node, char Next), int> _edges = [];
    private readonly Dictionary<int, AddedToken> _tokenAt = [];
    private readonly System.Buffers.SearchValues<char> _firstChars;
    private int _nodes = 1;

    public AddedTokenMatcher(IEnumerable<(string Pattern, AddedToken Token)> patterns)
    {
        var first = new HashSet<char>();
        foreach ((string pattern, AddedToken token) in patterns)
        {
            if (pattern.Length == 0)
                continue;
            first.Add(pattern[0]);
            int node = 0;
            foreach (char c in pattern)
            {
                if (!_edges.TryGetValue((node, c), out int next))
                    _edges[(node, c)] = next = _nodes++;
                node = next;
            }

            _tokenAt[node] = token;
        }

        _firstChars = System.Buffers.SearchValues.Create(first.ToArray());
    }

    /// <summary>Calls back with each stretch of text and each token (<c>null</c> for text), in order, nothing empty.</summary>
    public void Cut(string text, Action<string, int, AddedToken?> emit)
    {
        int done = 0;
        int position = 0;
        while (position < text.Length)
        {
            int skip = text.AsSpan(position).IndexOfAny(_firstChars);
            if (skip < 0)
                break;
            int start = position + skip;
            if (LongestAt(text, start) is not (AddedToken token, int length))
            {
                position = start + 1;
                continue;
            }

            int stop = position = start + length;
            if (token.SingleWord && TouchesWord(text, start, stop))
                continue;
            if (token.LeftStrip)
                start = Math.Max(text.AsSpan(0, start).TrimEnd().Length, Math.Min(done, start));
            if (token.RightStrip)
                stop = text.Length - text.AsSpan(stop).TrimStart().Length;
            if (done < start)
                emit(text[done..start], done, null);
            emit(string.Empty, start, token);
            done = stop;
        }

        if (done < text.Length)
            emit(done == 0 ? text : text[done..], done, null);
    }

    private static bool TouchesWord(string text, int start, int stop) =>
        (start > 0 && UnicodeClasses.IsWord(UnicodeClasses.CodePointBefore(text, start)))
        || (stop < text.Length && UnicodeClasses.IsWord(UnicodeClasses.CodePointAt(text, stop, out _)));

    private (AddedToken Token, int Length)? LongestAt(string text, int start)
    {
        (AddedToken, int)? longest = null;
        int node = 0;
        for (int i = start; i < text.Length && _edges.TryGetValue((node, text[i]), out node); i++)
        {
            if (_tokenAt.TryGetValue(node, out AddedToken? token))
                longest = (token, i + 1 - start);
        }

        return longest;
    }
}
