namespace MWork.Probes.Statistics;

/// <summary>A number with its uncertainty.</summary>
/// <param name="Value">The point estimate; NaN if undefined.</param>
/// <param name="Interval">Its confidence interval.</param>
/// <param name="N">How many units (facts, seeds, draws) it rests on.</param>
public readonly record struct Estimate(double Value, Interval Interval, int N);
