namespace MWork.Probes.Evidence;

/// <summary>A series over layers, for the report's pictures.</summary>
/// <param name="Name">E.g. "normed lens, de".</param>
/// <param name="Unit">Of the values.</param>
/// <param name="Level">Nominal coverage of the band at each layer.</param>
public sealed record Curve(string Name, string Unit, double Level, IReadOnlyList<CurvePoint> Points);
