using System.Text.Json.Serialization;

namespace MWork.Probes.Subjects;

/// <summary>
/// The three zones of a model of L layers: understanding [0, U), task-solving [U, L−G), generation [L−G, L). They belong to the
/// subject and are never chosen on test data.
/// </summary>
/// <param name="Understanding">U.</param>
/// <param name="Generation">G.</param>
/// <param name="Source">Where U and G come from.</param>
public sealed record Zones(int Understanding, int Generation, string Source)
{
    /// <summary>First layer of the task-solving zone.</summary>
    [JsonIgnore]
    public int SolvingFrom => Understanding;

    /// <summary>The layer behind the task-solving zone.</summary>
    public int SolvingTo(int layers) => layers - Generation;

    /// <summary>The layers of the task-solving zone.</summary>
    public IReadOnlyList<int> Solving(int layers) => [.. Enumerable.Range(Understanding, Math.Max(0, layers - Generation - Understanding))];
}
