namespace MWork.Probes.Statistics;

/// <summary>The two one-sided tests (Schuirmann 1987).</summary>
/// <param name="PLow">Against "at or below the lower margin".</param>
/// <param name="PHigh">Against "at or above the upper margin".</param>
public readonly record struct TostResult(double PLow, double PHigh)
{
    /// <summary>The larger of the two: equivalence at level α if it lies below α. NaN if either is.</summary>
    public double P => Math.Max(PLow, PHigh);
}
