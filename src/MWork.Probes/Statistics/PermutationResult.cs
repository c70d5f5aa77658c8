namespace MWork.Probes.Statistics;

/// <summary>What a permutation test found.</summary>
/// <param name="Observed">The statistic of the data as they are.</param>
/// <param name="P">(1 + draws at least as extreme) / (1 + draws) (Phipson &amp; Smyth 2010), never 0; NaN if undefined.</param>
/// <param name="Null">The central 95 % of the null distribution: its upper end is the 97.5 % quantile.</param>
/// <param name="NullMean">The chance level of the statistic.</param>
/// <param name="N">How many values were permuted.</param>
public readonly record struct PermutationResult(double Observed, double P, Interval Null, double NullMean, int N);
