using MWork.Probes.Randomness;

namespace MWork.Probes.Statistics;

public sealed partial class Bootstrap
{
    // Of the bounds' width: an average of equal numbers at a bound may lie beyond it in its last bits.
    private const double Rounding = 1e-9;

    /// <summary>
    /// The mean over units, with the bootstrap-t interval (Davison &amp; Hinkley 1997, 5.2.1): quantiles of (mean* − mean) / se* over resamples, in
    /// standard errors of the data. Skewed data have a mean and a standard error that err together, which no interval made of resampled means alone
    /// corrects: where the tail is below, a sample that missed it has a mean too high and a scatter too small.
    /// </summary>
    /// <remarks>A resample of equal units has no standard error and counts as infinitely far off; where so many are so that they reach an end, that end is
    /// infinite. Units that all are equal give [c, c].</remarks>
    public Estimate Mean(ReadOnlySpan<double> units, double level = 0.95)
    {
        Interval.CheckLevel(level);
        (double[] sorted, double mean) = Sorted(units);
        if (sorted.Length < 2 || !double.IsFinite(mean))
            return new Estimate(mean, Interval.Undefined(level), sorted.Length);
        if (sorted[0] == sorted[^1])
            return new Estimate(mean, new Interval(mean, mean, level), sorted.Length);

        double[] centred = [.. sorted.Select(unit => unit - mean)];
        double[] studentized = new double[resamples];
        CounterRandom chance = random.Fork("bootstrap");
        for (int b = 0; b < resamples; b++)
            studentized[b] = Studentized(centred, chance);
        Interval seen = Quantiles.Central(studentized, level);
        double error = StreamingMoments.Of(sorted).StandardError;
        return new Estimate(mean, new Interval(mean - (seen.High * error), mean - (seen.Low * error), level), sorted.Length);
    }

    /// <summary>
    /// The mean of units that cannot leave some bounds (Gaffke 2005; Learned-Miller &amp; Thomas 2020, arXiv 1905.06208). The data are weighted as in the Bayesian
    /// bootstrap (Rubin 1981), with one more unit that lies at the bound, the lower one for the lower end and the upper for the upper: as much of the
    /// distribution as n units can have missed. For zeros and ones it is the interval of Clopper and Pearson, and no distribution is known for which it holds
    /// the mean less often than its level.
    /// </summary>
    /// <remarks>For shares and probabilities most of which are alike: there a bootstrap has little to draw from. Its price is about 2/n of the bounds' width,
    /// whatever the data scatter by; equal units give an interval of that width.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">A unit lies outside the bounds.</exception>
    public Estimate Mean(ReadOnlySpan<double> units, Bounds within, double level = 0.95)
    {
        Interval.CheckLevel(level);
        (double[] sorted, double mean) = Sorted(units);
        if (sorted.Length < 2 || !double.IsFinite(mean))
            return new Estimate(mean, Interval.Undefined(level), sorted.Length);
        double rounding = Rounding * (within.High - within.Low);
        if (sorted[0] < within.Low - rounding || sorted[^1] > within.High + rounding)
            throw new ArgumentOutOfRangeException(nameof(units), $"Units from {sorted[0]} to {sorted[^1]} do not lie in [{within.Low}, {within.High}].");

        double[] low = new double[resamples];
        double[] high = new double[resamples];
        CounterRandom chance = random.Fork("weights");
        for (int b = 0; b < resamples; b++)
        {
            double sum = 0;
            double total = 0;
            foreach (double unit in sorted)
            {
                double weight = Weight();
                sum += weight * unit;
                total += weight;
            }

            double missed = Weight();
            low[b] = (sum + (missed * within.Low)) / (total + missed);
            high[b] = (sum + (missed * within.High)) / (total + missed);
        }

        // Equal units at a bound differ from their mean by rounding only.
        return new Estimate(
            mean, new Interval(Math.Min(mean, Quantiles.Central(low, level).Low), Math.Max(mean, Quantiles.Central(high, level).High), level), sorted.Length);

        // Exponential, so that their shares are uniform over all weightings (a Dirichlet distribution of ones).
        double Weight() => -Math.Log(1 - chance.NextDouble());
    }

    // Sorted, so that the order of the units plays no part.
    private static (double[] Units, double Mean) Sorted(ReadOnlySpan<double> units)
    {
        double[] sorted = units.ToArray();
        Array.Sort(sorted);
        return (sorted, sorted.Length == 0 ? double.NaN : sorted.Sum() / sorted.Length);
    }

    // Of one resample: its mean in its own standard errors. Units are centred, so that little is lost where their scatter is small beside their size.
    private static double Studentized(double[] centred, CounterRandom chance)
    {
        int n = centred.Length;
        int least = n - 1;
        int most = 0;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++)
        {
            int drawn = chance.NextInt(n);
            double value = centred[drawn];
            sum += value;
            squares += value * value;
            least = Math.Min(least, drawn);
            most = Math.Max(most, drawn);
        }

        double mean = sum / n;
        return centred[least] == centred[most]
            ? mean == 0 ? 0 : Math.Sign(mean) * double.PositiveInfinity
            : mean / Math.Sqrt((squares - (sum * mean)) / (n - 1) / n);
    }
}
