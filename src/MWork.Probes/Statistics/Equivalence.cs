namespace MWork.Probes.Statistics;

/// <summary>Whether something is as good as unchanged, which a test of difference that fails cannot show.</summary>
public static class Equivalence
{
    /// <summary>Two one-sided tests at 5 % are a 90 % interval inside the margins.</summary>
    public const double IntervalLevel = 0.90;

    /// <summary>TOST of a mean by t; NaN below two values or for a NaN.</summary>
    /// <param name="values">One per unit, in the unit of the margins.</param>
    public static TostResult Tost(ReadOnlySpan<double> values, double low, double high)
    {
        StreamingMoments moments = StreamingMoments.Of(values);
        return Tost(moments.Mean, moments.StandardError, values.Length - 1, low, high);
    }

    /// <summary>TOST of any estimate with a standard error.</summary>
    /// <param name="freedom">Degrees of freedom; +∞ for a normal one.</param>
    public static TostResult Tost(double estimate, double standardError, double freedom, double low, double high)
    {
        if (!(low < high))
            throw new ArgumentException($"The margins {low} and {high} enclose nothing.", nameof(low));
        return new TostResult(
            StudentT.P(estimate - low, standardError, freedom, Alternative.Greater),
            StudentT.P(estimate - high, standardError, freedom, Alternative.Less));
    }

    /// <summary>True if the interval lies within the margins, ends included; false if it is undefined.</summary>
    /// <param name="interval">At <see cref="IntervalLevel"/> for a test at 5 %.</param>
    public static bool IsInside(Interval interval, double low, double high) =>
        interval.IsDefined && interval.Low >= low && interval.High <= high;

    /// <summary>log((a + ½)/(b + ½)), finite for counts of zero (Haldane 1956, Anscombe 1956). NaN for a negative count.</summary>
    public static double LogRatio(double a, double b) => a < 0 || b < 0 ? double.NaN : Math.Log((a + 0.5) / (b + 0.5));

    /// <summary>
    /// The same per layer, for zones of unequal depth: log of ((a + ½)/layersOfA) / ((b + ½)/layersOfB). The ½ is added to the counts
    /// themselves; added to averages per layer it would weigh a whole zone's neurons.
    /// </summary>
    public static double LogRatio(double a, int layersOfA, double b, int layersOfB) =>
        layersOfA <= 0 || layersOfB <= 0 ? double.NaN : LogRatio(a, b) - Math.Log((double)layersOfA / layersOfB);

    /// <summary>From an interval of a log ratio to that of the ratio.</summary>
    public static Interval ToRatio(Interval logRatio) => logRatio.Map(Math.Exp);
}
