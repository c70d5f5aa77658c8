namespace MWork.Probes.Statistics;

/// <summary>What p values and levels become when there are several of them. A NaN p (no test) stays NaN and is not counted.</summary>
public static class MultipleTesting
{
    /// <summary>The error that the suite allows itself.</summary>
    public const double Alpha = 0.05;

    // The p of a permutation test at its level then rests on about twenty draws, not on one.
    private const int ExtremeDraws = 20;

    /// <summary>The level of each of <paramref name="m"/> intervals that hold together at <paramref name="level"/>: 1 − α/m.</summary>
    public static double BonferroniLevel(int m, double level = 1 - Alpha)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(m);
        Interval.CheckLevel(level);
        return 1 - ((1 - level) / m);
    }

    /// <summary>How many random controls m languages need at least: 20·m/α − 1.</summary>
    public static int ControlDraws(int m, double alpha = Alpha)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(m);
        return (int)Math.Ceiling((ExtremeDraws * m / alpha) - 1 - 1e-9);
    }

    /// <summary>Holm (1979): the family-wise error holds under any dependence.</summary>
    /// <returns>Adjusted p in the order given, at most 1.</returns>
    public static double[] Holm(IReadOnlyList<double> p)
    {
        int[] ascending = Tested(p);
        double[] adjusted = [.. p];
        double least = 0;
        for (int rank = 0; rank < ascending.Length; rank++)
        {
            least = Math.Max(least, Math.Min(1, p[ascending[rank]] * (ascending.Length - rank)));
            adjusted[ascending[rank]] = least;
        }

        return adjusted;
    }

    /// <summary>
    /// Benjamini &amp; Hochberg (1995): the expected share of false discoveries, under independence or positive dependence.
    /// </summary>
    /// <returns>Adjusted p in the order given, at most 1.</returns>
    public static double[] BenjaminiHochberg(IReadOnlyList<double> p)
    {
        int[] ascending = Tested(p);
        double[] adjusted = [.. p];
        double most = 1;
        for (int rank = ascending.Length - 1; rank >= 0; rank--)
        {
            most = Math.Min(most, p[ascending[rank]] * ((double)ascending.Length / (rank + 1)));
            adjusted[ascending[rank]] = most;
        }

        return adjusted;
    }

    private static int[] Tested(IReadOnlyList<double> p)
    {
        foreach (double value in p)
        {
            if (value is < 0 or > 1)
                throw new ArgumentOutOfRangeException(nameof(p), value, "A p value lies between 0 and 1.");
        }

        return Enumerable.Range(0, p.Count).Where(i => !double.IsNaN(p[i])).OrderBy(i => p[i]).ToArray();
    }
}
