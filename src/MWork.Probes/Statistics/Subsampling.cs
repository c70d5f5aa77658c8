namespace MWork.Probes.Statistics;

/// <summary>
/// Intervals for what intersections give. Sets of neurons that are important in every one of m documents do not bootstrap: a resample
/// holds fewer distinct documents, so the sets grow. Their uncertainty comes from repeated draws of m documents without replacement.
/// </summary>
public static class Subsampling
{
    /// <summary>
    /// The interval of the statistic at m documents. Draws from one pool share documents and so differ less than draws from the
    /// language would, by √(1 − m/pool) to first order (Politis, Romano &amp; Wolf 1999, 2.3); the deviations are widened by that much.
    /// </summary>
    /// <param name="draws">The statistic in each draw.</param>
    /// <param name="drawn">Documents per draw, m.</param>
    /// <param name="pool">Documents that there are.</param>
    /// <returns>The mean over draws and its interval; undefined below two draws, for a value that is not finite, or if a draw takes
    /// the whole pool.</returns>
    public static Estimate Of(ReadOnlySpan<double> draws, int drawn, int pool, double level = 0.95)
    {
        Interval.CheckLevel(level);
        double mean = StreamingMoments.Of(draws).Mean;
        if (draws.Length < 2 || drawn >= pool || !double.IsFinite(mean))
            return new Estimate(mean, Interval.Undefined(level), draws.Length);
        Interval seen = Quantiles.Central(draws, level);
        double widen = 1 / Math.Sqrt(1 - ((double)drawn / pool));
        var interval = new Interval(mean + ((seen.Low - mean) * widen), mean + ((seen.High - mean) * widen), level);
        return new Estimate(mean, interval, draws.Length);
    }
}
