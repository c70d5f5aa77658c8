namespace MWork.Probes.Evidence;

/// <summary>What someone needs to run it again.</summary>
/// <param name="Started">With its offset.</param>
/// <param name="WallSeconds">How long it took.</param>
/// <param name="Commit">Null if unknown.</param>
/// <param name="Seeds">By what they seeded, e.g. "bootstrap".</param>
public sealed record RunRecord(
    DateTimeOffset Started, double WallSeconds, string? Commit, SortedDictionary<string, ulong> Seeds, RunHashes Hashes,
    RunVersions Versions);
