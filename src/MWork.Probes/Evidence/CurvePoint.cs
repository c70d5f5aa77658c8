namespace MWork.Probes.Evidence;

/// <summary>One layer of a <see cref="Curve"/>.</summary>
/// <param name="Low">Lower end of the band; NaN without one.</param>
/// <param name="High">Upper end of the band; NaN without one.</param>
public sealed record CurvePoint(int Layer, double Value, double Low, double High);
