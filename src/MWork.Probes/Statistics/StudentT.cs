using Distribution = MathNet.Numerics.Distributions.StudentT;

namespace MWork.Probes.Statistics;

/// <summary>Intervals and tests for means of few, roughly normal values: one per training seed.</summary>
public static class StudentT
{
    /// <summary>Below ten seeds the interval hangs on the shape of the distribution, which so few cannot show.</summary>
    public const int MinimumSeeds = 10;

    /// <summary>The mean with its t interval.</summary>
    /// <param name="values">One per seed.</param>
    /// <param name="minimum">With fewer values the interval is undefined; never below 2.</param>
    /// <returns>The mean with an undefined interval if there are too few values; NaN throughout if one is NaN.</returns>
    public static Estimate Mean(ReadOnlySpan<double> values, double level = 0.95, int minimum = MinimumSeeds)
    {
        Interval.CheckLevel(level);
        StreamingMoments moments = StreamingMoments.Of(values);
        if (values.Length < Math.Max(2, minimum) || !double.IsFinite(moments.StandardError))
            return new Estimate(moments.Mean, Interval.Undefined(level), values.Length);
        double reach = Quantile((1 + level) / 2, values.Length - 1) * moments.StandardError;
        return new Estimate(moments.Mean, new Interval(moments.Mean - reach, moments.Mean + reach, level), values.Length);
    }

    /// <summary>The mean of <paramref name="first"/> − <paramref name="second"/>, paired by position: the same seed in both.</summary>
    public static Estimate Paired(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, double level = 0.95, int minimum = MinimumSeeds) =>
        Mean(Differences(first, second), level, minimum);

    /// <summary>P value of the hypothesis that the mean is <paramref name="margin"/>, or not beyond it.</summary>
    /// <returns>NaN below two values or for a NaN; for constant values 0, 1, or ½ (1 if two-sided) at the margin itself.</returns>
    public static double P(ReadOnlySpan<double> values, double margin = 0, Alternative alternative = Alternative.Greater)
    {
        StreamingMoments moments = StreamingMoments.Of(values);
        return P(moments.Mean - margin, moments.StandardError, values.Length - 1, alternative);
    }

    internal static double P(double difference, double standardError, double freedom, Alternative alternative)
    {
        if (!double.IsFinite(difference) || !double.IsFinite(standardError) || freedom <= 0)
            return double.NaN;
        double t = standardError > 0 ? difference / standardError : Math.Sign(difference) * double.MaxValue;
        return alternative switch
        {
            Alternative.Greater => Distribution.CDF(0, 1, freedom, -t),
            Alternative.Less => Distribution.CDF(0, 1, freedom, t),
            _ => 2 * Distribution.CDF(0, 1, freedom, -Math.Abs(t)),
        };
    }

    /// <summary>The t quantile at <paramref name="p"/>, which is at least ½ here.</summary>
    internal static double Quantile(double p, double freedom) => Distribution.InvCDF(0, 1, freedom, p);

    internal static double[] Differences(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.Length != second.Length)
            throw new ArgumentException($"Pairs need equally many values, not {first.Length} and {second.Length}.", nameof(second));
        double[] differences = new double[first.Length];
        for (int i = 0; i < differences.Length; i++)
            differences[i] = first[i] - second[i];
        return differences;
    }
}
