using MWork.Probes.Tokenizers.Patterns;

namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>Cuts at delimiters: <c>Split</c>, <c>Digits</c>, <c>Punctuation</c> and those at white space.</summary>
internal sealed class SplitPreTokenizer(IDelimiter delimiter, SplitBehavior behavior) : IPreTokenizer
{
    public void Split(Piece piece, List<Piece> output)
    {
        var stretches = new List<Stretch>();
        delimiter.Find(piece.Text, stretches);
        foreach (Stretch stretch in Arrange(stretches))
        {
            if (stretch.End > stretch.Start)
                output.Add(new Piece(piece.Text[stretch.Start..stretch.End], piece.AtStart && stretch.Start == 0));
        }
    }

    private IEnumerable<Stretch> Arrange(List<Stretch> stretches)
    {
        switch (behavior)
        {
            case SplitBehavior.Removed:
                return stretches.Where(stretch => !stretch.IsMatch);
            case SplitBehavior.Isolated:
                return stretches;
            case SplitBehavior.Contiguous:
                return Merge(stretches, (isMatch, previous) => isMatch == previous);
            case SplitBehavior.MergedWithPrevious:
                return Merge(stretches, (isMatch, previous) => isMatch && !previous);
            default:
                stretches.Reverse();
                List<Stretch> merged = Merge(stretches, (isMatch, previous) => isMatch && !previous);
                merged.Reverse();
                return merged;
        }
    }

    private static List<Stretch> Merge(List<Stretch> stretches, Func<bool, bool, bool> joins)
    {
        var merged = new List<Stretch>();
        bool previous = false;
        foreach (Stretch stretch in stretches)
        {
            if (merged.Count > 0 && joins(stretch.IsMatch, previous))
                merged[^1] = new Stretch(
                    Math.Min(merged[^1].Start, stretch.Start), Math.Max(merged[^1].End, stretch.End), IsMatch: false);
            else
                merged.Add(stretch);
            previous = stretch.IsMatch;
        }

        return merged;
    }
}
