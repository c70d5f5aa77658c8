using MathNet.Numerics.Distributions;
using MWork.Probes.Randomness;

namespace MWork.Probes.Statistics;

/// <summary>
/// Confidence intervals by resampling units, which are facts or parallel sentences and never rendered prompts. The same generator
/// gives the same interval, whatever else was drawn from it. What a mean gives does not depend on the order of the data.
/// </summary>
/// <remarks>
/// Fewer than two units give an undefined interval, as does a number among the data that is not finite: nothing is dropped in
/// silence. Constant data give the interval [c, c]; a rate of 0 or 1 is such a case and belongs to <see cref="Proportion"/>.
/// A replicate that is NaN counts against both ends, so that an interval is never narrower for it. With few units the intervals of
/// <see cref="Statistic"/> are too narrow (by about √((n−1)/n), and more for skewed data): a mean has intervals of its own, and over seeds use
/// <see cref="StudentT"/>.
/// </remarks>
/// <param name="random">Forked for every interval.</param>
/// <param name="resamples">Drawn for every interval.</param>
/// <param name="method">Of <see cref="Statistic"/>, for which no standard error is known.</param>
public sealed partial class Bootstrap(CounterRandom random, int resamples = Bootstrap.DefaultResamples, BootstrapMethod method = BootstrapMethod.Bca)
{
    /// <summary>Puts the Monte Carlo error of a 95 % end at about 1 % of the interval's width.</summary>
    public const int DefaultResamples = 10_000;

    /// <summary>The mean over rows whose clusters are drawn whole (Davison &amp; Hinkley 1997, 3.8, strategy 1).</summary>
    /// <param name="clusters">The fact of each row.</param>
    /// <param name="rows">A value per row.</param>
    public Estimate ClusterMean(
        IReadOnlyList<string> clusters, ReadOnlySpan<double> rows, ClusterWeight weight = ClusterWeight.Fact, double level = 0.95)
    {
        (double[] sums, int[] counts) = Clusters(clusters, rows);
        return Statistic(sums.Length, Of, level);

        double Of(ReadOnlySpan<int> drawn)
        {
            double sum = 0;
            double total = 0;
            foreach (int cluster in drawn)
            {
                sum += weight == ClusterWeight.Fact ? sums[cluster] / counts[cluster] : sums[cluster];
                total += weight == ClusterWeight.Fact ? 1 : counts[cluster];
            }

            return sum / total;
        }
    }

    /// <summary>
    /// Any statistic over units, which are named by their index: list them in an order of their own, such as that of their ids, for
    /// the interval to be the same next time. BCa evaluates it once more per unit, on all the others.
    /// </summary>
    public Estimate Statistic(int units, UnitStatistic statistic, double level = 0.95)
    {
        Interval.CheckLevel(level);
        int[] all = Enumerable.Range(0, units).ToArray();
        double estimate = units == 0 ? double.NaN : statistic(all);
        if (units < 2 || !double.IsFinite(estimate))
            return new Estimate(estimate, Interval.Undefined(level), units);

        CounterRandom chance = random.Fork("bootstrap");
        double[] replicates = new double[resamples];
        int[] drawn = new int[units];
        for (int b = 0; b < resamples; b++)
        {
            Draw(chance, drawn);
            replicates[b] = statistic(drawn);
        }

        if (method == BootstrapMethod.Percentile)
            return new Estimate(estimate, Quantiles.Central(replicates, level), units);
        double[] leftOut = new double[units];
        for (int unit = 0; unit < units; unit++)
            leftOut[unit] = statistic([.. all[..unit], .. all[(unit + 1)..]]);
        return new Estimate(estimate, Accelerated(estimate, replicates, leftOut, level), units);
    }

    /// <summary>
    /// The BCa interval from replicates and jackknife values. Ties with the estimate count half, which keeps a discrete statistic from
    /// being called biased. A jackknife without spread, or with a NaN in it, means no acceleration.
    /// </summary>
    internal static Interval Accelerated(double estimate, ReadOnlySpan<double> replicates, ReadOnlySpan<double> leftOut, double level)
    {
        double below = 0;
        foreach (double replicate in replicates)
            below += replicate < estimate ? 1 : replicate == estimate || double.IsNaN(replicate) ? 0.5 : 0;
        double bias = Normal.InvCDF(0, 1, Math.Clamp(below / replicates.Length, 0.5 / replicates.Length, 1 - (0.5 / replicates.Length)));

        double mean = 0;
        foreach (double value in leftOut)
            mean += value / leftOut.Length;
        double squares = 0;
        double cubes = 0;
        foreach (double value in leftOut)
        {
            squares += (mean - value) * (mean - value);
            cubes += (mean - value) * (mean - value) * (mean - value);
        }

        double acceleration = squares > 0 ? cubes / (6 * Math.Pow(squares, 1.5)) : 0;
        return Quantiles.Between(replicates, Corrected((1 - level) / 2), Corrected((1 + level) / 2), level);

        double Corrected(double p)
        {
            double shifted = bias + Normal.InvCDF(0, 1, p);
            return Normal.CDF(0, 1, bias + (shifted / (1 - (acceleration * shifted))));
        }
    }

    private static void Draw(CounterRandom chance, int[] drawn)
    {
        for (int i = 0; i < drawn.Length; i++)
            drawn[i] = chance.NextInt(drawn.Length);
    }

    private static (double[] Sums, int[] Counts) Clusters(IReadOnlyList<string> clusters, ReadOnlySpan<double> rows)
    {
        if (clusters.Count != rows.Length)
            throw new ArgumentException($"{rows.Length} rows, but {clusters.Count} of them say which cluster they belong to.", nameof(clusters));
        var members = new SortedDictionary<string, List<double>>(StringComparer.Ordinal);
        for (int row = 0; row < rows.Length; row++)
        {
            if (!members.TryGetValue(clusters[row], out List<double>? values))
                members.Add(clusters[row], values = []);
            values.Add(rows[row]);
        }

        return (members.Values.Select(values => values.Order().Sum()).ToArray(), members.Values.Select(values => values.Count).ToArray());
    }
}
