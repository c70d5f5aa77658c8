namespace MWork.Probes.Statistics;

/// <summary>How often simulated runs came out one way.</summary>
/// <param name="Interval">Clopper–Pearson at 95 %.</param>
public readonly record struct SimulatedRate(int Successes, int Trials, Interval Interval)
{
    /// <summary>NaN without trials.</summary>
    public double Value => (double)Successes / Trials;
}
