using System.Runtime.InteropServices;

namespace MWork.Probes.Tokenizers.SentencePiece;

/// <summary>
/// SentencePiece's BPE: of all neighbours that form a piece, the best-scored merge first, the leftmost among equals
/// (<c>bpe_model.cc</c>). User-defined pieces are never merged; unused ones are taken apart again at the end.
/// </summary>
internal sealed class BpeSegmenter : ISegmenter
{
    private readonly PieceTable _pieces;
    private readonly PieceTrie _userDefined = new();

    public BpeSegmenter(PieceTable pieces)
    {
        _pieces = pieces;
        for (int id = 0; id < pieces.Count; id++)
        {
            if (pieces[id].Type == PieceType.UserDefined)
                _userDefined.Add(pieces[id].Text.AsSpan(), id);
        }
    }

    public void Segment(string text, List<Segment> output)
    {
        if (text.Length == 0)
            return;
        var run = new Run(_pieces, text, Symbols(text));
        run.Merge();
        run.Collect(output);
    }

    private List<Symbol> Symbols(string text)
    {
        var symbols = new List<Symbol>(text.Length);
        for (int i = 0; i < text.Length;)
        {
            bool frozen = _userDefined.TryLongest(text.AsSpan(i), out int length, out _);
            if (!frozen)
                CodePoints.At(text, i, out length);
            int index = symbols.Count;
            i += length;
            symbols.Add(new Symbol(i - length, length, index - 1, i < text.Length ? index + 1 : -1, frozen));
        }

        return symbols;
    }

    /// <summary>A symbol that was merged into its left neighbour has length 0.</summary>
    private record struct Symbol(int Start, int Length, int Previous, int Next, bool Frozen);

    private readonly record struct Pair(int Left, int Right, int Length);

    /// <summary>Higher scores first, then further left.</summary>
    private readonly record struct Priority(float Score, int Left) : IComparable<Priority>
    {
        public int CompareTo(Priority other)
        {
            int byScore = other.Score.CompareTo(Score);
            return byScore != 0 ? byScore : Left.CompareTo(other.Left);
        }
    }

    private sealed class Run(PieceTable pieces, string text, List<Symbol> list)
    {
        private readonly PriorityQueue<Pair, Priority> _agenda = new(list.Count);
        private readonly Dictionary<string, int> _leftLengthOfUnused = new(StringComparer.Ordinal);

        public void Merge()
        {
            Span<Symbol> symbols = CollectionsMarshal.AsSpan(list);
            for (int i = 1; i < symbols.Length; i++)
                Offer(symbols, i - 1, i);
            while (_agenda.TryDequeue(out Pair pair, out _))
            {
                ref Symbol left = ref symbols[pair.Left];
                ref Symbol right = ref symbols[pair.Right];
                if (left.Length == 0 || right.Length == 0 || left.Length + right.Length != pair.Length)
                    continue;
                left.Length = pair.Length;
                left.Next = right.Next;
                if (right.Next >= 0)
                    symbols[right.Next].Previous = pair.Left;
                right.Length = 0;
                Offer(symbols, left.Previous, pair.Left);
                Offer(symbols, pair.Left, left.Next);
            }
        }

        public void Collect(List<Segment> output)
        {
            for (int i = 0; i >= 0; i = list[i].Next)
                TakeApart(list[i].Start, list[i].Length, output);
        }

        private void Offer(Span<Symbol> symbols, int left, int right)
        {
            if (left < 0 || right < 0 || symbols[left].Frozen || symbols[right].Frozen)
                return;
            int length = symbols[left].Length + symbols[right].Length;
            if (length > pieces.LongestPiece || !pieces.TryGetNormal(text.AsSpan(symbols[left].Start, length), out int id))
                return;
            _agenda.Enqueue(new Pair(left, right, length), new Priority(pieces[id].Score, left));
            if (pieces[id].Type == PieceType.Unused)
                _leftLengthOfUnused[pieces[id].Text] = symbols[left].Length;
        }

        private void TakeApart(int start, int length, List<Segment> output)
        {
            int id = pieces.IdOrUnknown(text.AsSpan(start, length));
            if (pieces[id].Type == PieceType.Unused && _leftLengthOfUnused.TryGetValue(pieces[id].Text, out int left)
                && left < length)
            {
                TakeApart(start, left, output);
                TakeApart(start + left, length - left, output);
                return;
            }

            output.Add(new Segment(start, length, id));
        }
    }
}
