namespace MWork.Probes.Evidence;

/// <summary>What the run could have found; NaN where it was not worked out.</summary>
/// <param name="Effect">The true effect that the power is for: twice the margin.</param>
/// <param name="Power">Probability of Supported at that effect.</param>
/// <param name="SmallestDetectable">The effect found with power 0.8.</param>
/// <param name="Unit">Of both effects.</param>
public sealed record PowerStatement(double Effect, double Power, double SmallestDetectable, string Unit);
