namespace MWork.Probes.Statistics;

/// <summary>Quantiles by linear interpolation between order statistics (type 7 of Hyndman &amp; Fan 1996, the default of R and NumPy).</summary>
public static class Quantiles
{
    /// <param name="sorted">Ascending; not checked.</param>
    /// <param name="p">In [0, 1].</param>
    /// <returns>NaN for an empty span or a NaN <paramref name="p"/>.</returns>
    public static double Of(ReadOnlySpan<double> sorted, double p)
    {
        if (sorted.IsEmpty || double.IsNaN(p))
            return double.NaN;
        double position = Math.Clamp(p, 0, 1) * (sorted.Length - 1);
        int below = (int)position;
        double share = position - below;

        // Not a + share · (b − a) throughout: where an end is infinite and has no share, it would turn into NaN.
        return share == 0 ? sorted[below] : sorted[below] + (share * (sorted[below + 1] - sorted[below]));
    }

    /// <summary>The central interval of a sample, e.g. of replicates or of a null distribution.</summary>
    /// <param name="values">In any order; a value that is NaN counts as −∞ for the lower end and as +∞ for the upper.</param>
    /// <returns>Undefined for an empty span.</returns>
    public static Interval Central(ReadOnlySpan<double> values, double level)
    {
        Interval.CheckLevel(level);
        return Between(values, (1 - level) / 2, (1 + level) / 2, level);
    }

    /// <summary>The same between two quantiles that need not be symmetric.</summary>
    internal static Interval Between(ReadOnlySpan<double> values, double low, double high, double level)
    {
        if (values.IsEmpty || double.IsNaN(low) || double.IsNaN(high))
            return Interval.Undefined(level);
        return new Interval(
            WithNaNAs(double.NegativeInfinity, values, low), WithNaNAs(double.PositiveInfinity, values, high), level);
    }

    private static double WithNaNAs(double extreme, ReadOnlySpan<double> values, double p)
    {
        double[] sorted = values.ToArray();
        foreach (ref double value in sorted.AsSpan())
        {
            if (double.IsNaN(value))
                value = extreme;
        }

        Array.Sort(sorted);
        double quantile = Of(sorted, p);
        return double.IsNaN(quantile) ? extreme : quantile;
    }
}
