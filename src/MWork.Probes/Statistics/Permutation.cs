using MWork.Probes.Randomness;

namespace MWork.Probes.Statistics;

/// <summary>
/// Tests by exchanging what the null hypothesis calls exchangeable. The same generator gives the same p, whatever else was drawn from
/// it; the order of the data within a group plays no part. A NaN in the data gives NaN.
/// </summary>
/// <param name="draws">With B draws the smallest p is 1/(1+B): for m languages at level α, 20·m/α − 1
/// (see <see cref="MultipleTesting.ControlDraws"/>).</param>
public sealed class Permutation(CounterRandom random, int draws = 9_999)
{
    // Two orders of the same sum differ in their last bits; a draw that repeats the observed split must still count as a tie.
    private const double TieTolerance = 1e-12;

    /// <summary>Mean of <paramref name="first"/> − mean of <paramref name="second"/>, labels permuted over all.</summary>
    public PermutationResult DifferenceOfMeans(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, Alternative alternative = Alternative.Greater) =>
        Labels(
            [.. first, .. second],
            [.. Enumerable.Repeat(true, first.Length), .. Enumerable.Repeat(false, second.Length)],
            [.. Enumerable.Repeat("", first.Length + second.Length)],
            alternative);

    /// <summary>Difference of means between the two labels, labels permuted within strata, e.g. within relation.</summary>
    /// <param name="isFirst">True where the value belongs to the first group.</param>
    public PermutationResult DifferenceOfMeans(
        ReadOnlySpan<double> values, IReadOnlyList<bool> isFirst, IReadOnlyList<string> strata,
        Alternative alternative = Alternative.Greater)
    {
        if (values.Length != isFirst.Count || values.Length != strata.Count)
            throw new ArgumentException($"{values.Length} values, {isFirst.Count} labels and {strata.Count} strata do not go together.", nameof(strata));
        return Labels(values.ToArray(), isFirst, strata, alternative);
    }

    /// <summary>Mean of paired differences, each of which may as well have had the other sign.</summary>
    public PermutationResult SignFlip(ReadOnlySpan<double> differences, Alternative alternative = Alternative.Greater)
    {
        double[] sorted = differences.ToArray();
        Array.Sort(sorted);
        double observed = sorted.Sum() / sorted.Length;
        CounterRandom chance = random.Fork("sign flip");
        return Test(observed, sorted.Length, sorted.Sum(Math.Abs) / sorted.Length, alternative, () =>
        {
            double sum = 0;
            foreach (double difference in sorted)
                sum += (chance.NextUInt32() & 1) == 0 ? difference : -difference;
            return sum / sorted.Length;
        });
    }

    /// <summary>
    /// Any statistic of an assignment, e.g. how often a query finds its own twin: item i is given the partner of item π(i) of the
    /// same stratum. The identity is what was observed. Items are named by index: list them in an order of their own.
    /// </summary>
    public PermutationResult Assignment(
        IReadOnlyList<string> strata, UnitStatistic statistic, Alternative alternative = Alternative.Greater)
    {
        int[][] groups = Groups(strata);
        int[] assigned = Enumerable.Range(0, strata.Count).ToArray();
        double observed = strata.Count == 0 ? double.NaN : statistic(assigned);
        CounterRandom chance = random.Fork("assignment");
        return Test(observed, strata.Count, Math.Abs(observed), alternative, () =>
        {
            foreach (int[] group in groups)
            {
                int[] partners = [.. group];
                chance.Shuffle<int>(partners);
                for (int i = 0; i < group.Length; i++)
                    assigned[group[i]] = partners[i];
            }

            return statistic(assigned);
        });
    }

    private PermutationResult Labels(
        double[] values, IReadOnlyList<bool> isFirst, IReadOnlyList<string> strata, Alternative alternative)
    {
        int first = isFirst.Count(label => label);
        int second = values.Length - first;

        // Sorted within stratum and label, so that the draws meet the same values in the same places however they were listed.
        double[][] grouped = Groups(strata)
            .Select(group => group.OrderBy(i => isFirst[i] ? 0 : 1).ThenBy(i => values[i]).Select(i => values[i]).ToArray())
            .ToArray();
        int[] taken = Groups(strata).Select(group => group.Count(i => isFirst[i])).ToArray();
        double total = grouped.Sum(group => group.Sum());
        double observed = first == 0 || second == 0 ? double.NaN : Difference();
        CounterRandom chance = random.Fork("labels");
        double scale = values.Sum(Math.Abs) * ((1.0 / Math.Max(first, 1)) + (1.0 / Math.Max(second, 1)));
        return Test(observed, values.Length, scale, alternative, () =>
        {
            foreach (double[] group in grouped)
                chance.Shuffle<double>(group);
            return Difference();
        });

        double Difference()
        {
            double sum = 0;
            for (int g = 0; g < grouped.Length; g++)
            {
                for (int i = 0; i < taken[g]; i++)
                    sum += grouped[g][i];
            }

            return (sum / first) - ((total - sum) / second);
        }
    }

    private PermutationResult Test(double observed, int n, double scale, Alternative alternative, Func<double> draw)
    {
        if (!double.IsFinite(observed))
            return new PermutationResult(observed, double.NaN, Interval.Undefined(0.95), double.NaN, n);
        double[] drawn = new double[draws];
        int atLeast = 0;
        int atMost = 0;
        double tie = TieTolerance * scale;
        for (int b = 0; b < draws; b++)
        {
            drawn[b] = draw();

            // A statistic that is undefined in a draw counts as extreme: it must not make p smaller.
            atLeast += drawn[b] < observed - tie ? 0 : 1;
            atMost += drawn[b] > observed + tie ? 0 : 1;
        }

        double greater = (1.0 + atLeast) / (1.0 + draws);
        double less = (1.0 + atMost) / (1.0 + draws);
        double p = alternative switch
        {
            Alternative.Greater => greater,
            Alternative.Less => less,
            _ => Math.Min(1, 2 * Math.Min(greater, less)),
        };
        return new PermutationResult(observed, p, Quantiles.Central(drawn, 0.95), drawn.Average(), n);
    }

    private static int[][] Groups(IReadOnlyList<string> strata) => Enumerable.Range(0, strata.Count)
        .GroupBy(i => strata[i], StringComparer.Ordinal)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => group.ToArray())
        .ToArray();
}
