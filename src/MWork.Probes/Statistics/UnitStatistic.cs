namespace MWork.Probes.Statistics;

/// <summary>A statistic of a resample.</summary>
/// <param name="units">Indices of the units drawn, with repetitions.</param>
/// <returns>NaN if it is undefined on this resample, e.g. a ratio over nothing.</returns>
public delegate double UnitStatistic(ReadOnlySpan<int> units);
