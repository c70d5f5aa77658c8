namespace MWork.Probes.Statistics;

/// <summary>Between what a value can lie by its nature, ends included: a share in [0, 1], a difference of two probabilities in [−1, 1].</summary>
public readonly record struct Bounds(double Low, double High);
