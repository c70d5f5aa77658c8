namespace MWork.Probes.Tokenizers.SentencePiece;

/// <summary>
/// SentencePiece's unigram model: the segmentation with the highest sum of scores, by Viterbi over the text
/// (<c>Model::EncodeOptimized</c>; sums in double, kept in single precision, as there, since ties depend on it).
/// </summary>
internal sealed class UnigramSegmenter : ISegmenter
{
    private const float UnknownPenalty = 10;
    private readonly PieceTable _pieces;
    private readonly PieceTrie _trie = new();
    private readonly float _minimum = float.MaxValue;

    // The reference starts from C's FLT_MIN, the least positive number, so that negative scores leave the bonus at zero.
    private readonly float _maximum = 1.17549435e-38f;

    public UnigramSegmenter(PieceTable pieces)
    {
        _pieces = pieces;
        for (int id = 0; id < pieces.Count; id++)
        {
            ScoredPiece piece = pieces[id];
            if (piece.Type == PieceType.Normal)
            {
                _minimum = Math.Min(_minimum, piece.Score);
                _maximum = Math.Max(_maximum, piece.Score);
            }

            if (piece.Type is PieceType.Normal or PieceType.UserDefined)
                _trie.Add(piece.Text.AsSpan(), id);
        }
    }

    public void Segment(string text, List<Segment> output)
    {
        var best = new Ending[text.Length + 1];
        Array.Fill(best, new Ending(-1, 0, -1));
        for (int start = 0; start < text.Length;)
        {
            CodePoints.At(text, start, out int single);
            float scoreHere = best[start].Score;
            if (!ExtendFrom(text, start, single, scoreHere, best))
                Improve(ref best[start + single], _minimum - UnknownPenalty + scoreHere, start, _pieces.UnknownId);
            start += single;
        }

        int first = output.Count;
        for (int end = text.Length; end > 0; end = best[end].Start)
            output.Add(new Segment(best[end].Start, end - best[end].Start, best[end].Id));
        output.Reverse(first, output.Count - first);
    }

    // Whether a piece of just one code point begins here.
    private bool ExtendFrom(string text, int start, int single, float scoreHere, Ending[] best)
    {
        bool found = false;
        int node = 0;
        int bytes = 0;
        for (int end = start; end < text.Length && _trie.Step(ref node, text[end]);)
        {
            char unit = text[end++];
            bytes += unit < 0x80 ? 1 : unit < 0x800 || char.IsSurrogate(unit) ? 2 : 3;
            if (!_trie.TryGetValue(node, out int id))
                continue;

            // User-defined pieces get a bonus that makes them win.
            double score = _pieces[id].Type == PieceType.UserDefined ? (bytes * _maximum) - 0.1 : _pieces[id].Score;
            Improve(ref best[end], score + scoreHere, start, id);
            found |= end - start == single;
        }

        return found;
    }

    private static void Improve(ref Ending ending, double score, int start, int id)
    {
        if (ending.Start < 0 || score > ending.Score)
            ending = new Ending(start, (float)score, id);
    }

    /// <summary>The best way to a position: where its last piece starts, the sum of scores, and the piece.</summary>
    private readonly record struct Ending(int Start, float Score, int Id);
}
