using MWork.Probes.Randomness;

namespace MWork.Probes.Statistics;

public sealed partial class Bootstrap
{
    /// <summary>
    /// The mean of a matrix whose rows (facts) and columns (random draws of controls) are both drawn anew: the pigeonhole bootstrap
    /// (Owen 2007). Its variance holds both effects and about three times the part due to single cells, so that it errs to the wide
    /// side. Percentile, since a jackknife has no one meaning here. To compare with a real set, subtract the draws from its column.
    /// </summary>
    /// <param name="factsByDraws">[fact, draw]</param>
    /// <returns><see cref="Estimate.N"/> counts facts. Undefined below two facts or two draws.</returns>
    public Estimate TwoWayMean(double[,] factsByDraws, double level = 0.95)
    {
        Interval.CheckLevel(level);
        (int facts, int draws) = (factsByDraws.GetLength(0), factsByDraws.GetLength(1));
        double estimate = factsByDraws.Cast<double>().DefaultIfEmpty(double.NaN).Average();
        if (facts < 2 || draws < 2 || !double.IsFinite(estimate))
            return new Estimate(estimate, Interval.Undefined(level), facts);

        CounterRandom chance = random.Fork("two-way bootstrap");
        double[] replicates = new double[resamples];
        int[] rows = new int[facts];
        int[] columns = new int[draws];
        double[] times = new double[draws];
        for (int b = 0; b < resamples; b++)
        {
            Draw(chance, rows);
            Draw(chance, columns);
            Array.Clear(times);
            foreach (int column in columns)
                times[column]++;
            double sum = 0;
            foreach (int row in rows)
            {
                for (int column = 0; column < draws; column++)
                    sum += times[column] * factsByDraws[row, column];
            }

            replicates[b] = sum / ((double)facts * draws);
        }

        return new Estimate(estimate, Quantiles.Central(replicates, level), facts);
    }

    /// <summary>
    /// The same where only some cells were scored (the case that Owen 2007 treats): a replicate is the mean over the cells, each as often as
    /// its fact times its draw were drawn; NaN where a replicate holds no cell.
    /// </summary>
    /// <returns><see cref="Estimate.N"/> counts facts. Undefined below two facts or two draws.</returns>
    public Estimate TwoWayMean(IReadOnlyList<TwoWayCell> cells, double level = 0.95)
    {
        Interval.CheckLevel(level);
        int[] facts = [.. cells.Select(cell => cell.Fact).Distinct().Order()];
        int[] draws = [.. cells.Select(cell => cell.Draw).Distinct().Order()];
        double estimate = cells.Select(cell => cell.Value).DefaultIfEmpty(double.NaN).Average();
        if (facts.Length < 2 || draws.Length < 2 || !double.IsFinite(estimate))
            return new Estimate(estimate, Interval.Undefined(level), facts.Length);

        (int Row, int Column, double Value)[] placed = [.. cells.Select(cell =>
            (Array.BinarySearch(facts, cell.Fact), Array.BinarySearch(draws, cell.Draw), cell.Value))];
        CounterRandom chance = random.Fork("two-way bootstrap");
        double[] replicates = new double[resamples];
        int[] rows = new int[facts.Length];
        int[] columns = new int[draws.Length];
        for (int b = 0; b < resamples; b++)
        {
            int[] rowTimes = Times(rows);
            int[] columnTimes = Times(columns);
            double sum = 0;
            long total = 0;
            foreach ((int row, int column, double value) in placed)
            {
                int times = rowTimes[row] * columnTimes[column];
                sum += times * value;
                total += times;
            }

            replicates[b] = sum / total;
        }

        return new Estimate(estimate, Quantiles.Central(replicates, level), facts.Length);

        int[] Times(int[] drawn)
        {
            Draw(chance, drawn);
            int[] times = new int[drawn.Length];
            foreach (int index in drawn)
                times[index]++;
            return times;
        }
    }
}
