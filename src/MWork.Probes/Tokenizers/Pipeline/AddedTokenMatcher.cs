using System.Buffers;

namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>
/// Cuts text at added tokens: leftmost, then longest, as <c>AddedVocabulary::find_matches</c> of the reference does, including
/// that a match discarded by <c>single_word</c> still consumes its text.
/// </summary>
internal sealed class AddedTokenMatcher
{
    private readonly PieceTrie _trie = new();
    private readonly AddedToken[] _tokens;
    private readonly SearchValues<char> _firstChars;

    public AddedTokenMatcher(IReadOnlyList<(string Pattern, AddedToken Token)> patterns)
    {
        _tokens = [.. patterns.Select(pattern => pattern.Token)];
        for (int i = 0; i < patterns.Count; i++)
        {
            if (patterns[i].Pattern.Length > 0)
                _trie.Add(patterns[i].Pattern, i);
        }

        _firstChars = SearchValues.Create([.. patterns.Where(p => p.Pattern.Length > 0).Select(p => p.Pattern[0]).Distinct()]);
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
            if (!_trie.TryLongest(text.AsSpan(start), out int length, out int index))
            {
                position = start + 1;
                continue;
            }

            AddedToken token = _tokens[index];
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
        (start > 0 && CodePoints.IsWord(CodePoints.Before(text, start)))
        || (stop < text.Length && CodePoints.IsWord(CodePoints.At(text, stop, out _)));
}
