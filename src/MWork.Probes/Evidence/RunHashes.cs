namespace MWork.Probes.Evidence;

/// <summary>Content hashes of what went in; equal ones mean that the run can be repeated.</summary>
public sealed record RunHashes(string Model, string Text, string Protocol);
