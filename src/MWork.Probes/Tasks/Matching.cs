namespace MWork.Probes.Tasks;

/// <summary>Items of two conditions that were equally hard before the edit.</summary>
/// <param name="Pairs">Places in the first and in the second list, ascending in the first; no place stands twice.</param>
/// <param name="FirstLeftOut">Items of the first condition without a partner.</param>
/// <param name="SecondLeftOut">Items of the second condition without a partner.</param>
/// <param name="MeanGap">Mean of first − second over the pairs: the imbalance that the matching leaves; NaN without pairs.</param>
public sealed record MatchedPairs(IReadOnlyList<(int First, int Second)> Pairs, int FirstLeftOut, int SecondLeftOut, double MeanGap);

/// <summary>
/// Matching by clean log-odds: two conditions are compared only where they started equally. Capability differs between languages and
/// tasks, and a drop can be no larger than what there was to lose. Neither way looks at an edited score. A log-odds that is not finite
/// is never matched.
/// </summary>
public static class Matching
{
    /// <summary>The same item in both conditions (the same fact in two languages), kept where the two differ by at most
    /// <paramref name="caliper"/>.</summary>
    /// <exception cref="ArgumentException">The lists are not parallel.</exception>
    public static MatchedPairs SameItem(IReadOnlyList<double> first, IReadOnlyList<double> second, double caliper)
    {
        if (first.Count != second.Count)
        {
            throw new ArgumentException($"{first.Count} items in one condition, {second.Count} in the other.", nameof(second));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(caliper);
        return Result(first, second, [.. Enumerable.Range(0, first.Count).Where(i => Fits(first[i], second[i], caliper)).Select(i => (i, i))]);
    }

    /// <summary>
    /// Different items (knowledge and reasoning): one to one, without replacement, at most <paramref name="caliper"/> apart. Of all such
    /// matchings it takes one with the most pairs, and of these one with the smallest sum of distances; a greedy choice would lean to one
    /// side wherever the other list is denser.
    /// </summary>
    /// <remarks>Cost is the product of both counts. Equal values are taken in the order given.</remarks>
    public static MatchedPairs Nearest(IReadOnlyList<double> first, IReadOnlyList<double> second, double caliper)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(caliper);
        int[] rows = Ascending(first);
        int[] columns = Ascending(second);

        // On a line some best matching has no crossing pairs, so each step either pairs the two lowest items left or drops one of them.
        var best = new (int Pairs, double Distance)[rows.Length + 1, columns.Length + 1];
        for (int i = rows.Length - 1; i >= 0; i--)
        {
            for (int j = columns.Length - 1; j >= 0; j--)
            {
                best[i, j] = Better(best[i + 1, j], best[i, j + 1]);
                if (Fits(first[rows[i]], second[columns[j]], caliper))
                {
                    best[i, j] = Better(Paired(i, j), best[i, j]);
                }
            }
        }

        List<(int First, int Second)> pairs = [];
        for ((int i, int j) = (0, 0); i < rows.Length && j < columns.Length;)
        {
            if (Fits(first[rows[i]], second[columns[j]], caliper) && best[i, j] == Paired(i, j))
            {
                pairs.Add((rows[i++], columns[j++]));
            }
            else if (best[i, j] == best[i + 1, j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return Result(first, second, [.. pairs.Order()]);

        (int Pairs, double Distance) Paired(int i, int j) =>
            (best[i + 1, j + 1].Pairs + 1, best[i + 1, j + 1].Distance + Math.Abs(first[rows[i]] - second[columns[j]]));
    }

    private static MatchedPairs Result(IReadOnlyList<double> first, IReadOnlyList<double> second, (int First, int Second)[] pairs) => new(
        pairs,
        first.Count - pairs.Length,
        second.Count - pairs.Length,
        pairs.Select(pair => first[pair.First] - second[pair.Second]).DefaultIfEmpty(double.NaN).Average());

    private static int[] Ascending(IReadOnlyList<double> values) =>
        [.. Enumerable.Range(0, values.Count).OrderBy(i => values[i])];

    private static bool Fits(double a, double b, double caliper) => double.IsFinite(a - b) && Math.Abs(a - b) <= caliper;

    private static (int Pairs, double Distance) Better((int Pairs, double Distance) a, (int Pairs, double Distance) b) =>
        a.Pairs > b.Pairs || (a.Pairs == b.Pairs && a.Distance <= b.Distance) ? a : b;
}
