namespace MWork.Probes.Evidence;

/// <summary>One thing that has to hold for a claim.</summary>
/// <param name="Name">Short, unique within the claim, e.g. "mid−first".</param>
/// <param name="Unit">Of the effect, e.g. "share" or "log-odds".</param>
/// <param name="Region">Null for what is only measured.</param>
public sealed record Criterion(string Name, string Unit, Region? Region);
