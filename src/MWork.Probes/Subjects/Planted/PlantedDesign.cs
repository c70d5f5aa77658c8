namespace MWork.Probes.Subjects.Planted;

/// <summary>
/// What a planted model does by construction. The defaults are the positive control: every query is converted to the pivot, solved
/// there, and returned to its language. Each negative control changes one property.
/// </summary>
public sealed record PlantedDesign
{
    /// <summary>The language that the middle layers work in.</summary>
    public string Pivot { get; init; } = "en";

    /// <summary>
    /// Whether there is a pivot at all. Without one each language has concept codes of its own and is processed in its own subspace
    /// from the first layer to the last: the task is solved as well, but nothing is converted.
    /// </summary>
    public bool Converts { get; init; } = true;

    /// <summary>Share of a token's code that conversion moves into the pivot's subspace; the rest stays behind.</summary>
    public double ConversionGain { get; init; } = 1;

    /// <summary>Layers before task-solving; the last two of them convert the words and then gather the query at the last position.</summary>
    public int Understanding { get; init; } = 3;

    /// <summary>Layers that hold the knowledge neurons.</summary>
    public int TaskSolving { get; init; } = 3;

    /// <summary>Layers after task-solving; the middle one of them returns the answer to the query's language.</summary>
    public int Generation { get; init; } = 3;

    /// <summary>Feed-forward neurons that do nothing in particular: random reads and writes of a few thousandths of the signal, so that a
    /// detector has something to leave out.</summary>
    public int BackgroundNeurons { get; init; } = 64;

    /// <summary>Seeds the concept codes and the background.</summary>
    public ulong Seed { get; init; } = 20240229;

    public int Layers => Understanding + TaskSolving + Generation;

    /// <summary>The block whose feed-forward layer converts words to the pivot.</summary>
    public int ConversionLayer => Understanding - 2;

    /// <summary>The block whose attention gathers entity and relation at the last position.</summary>
    public int GatherLayer => Understanding - 1;

    /// <summary>The block whose feed-forward layer returns the answer to the query's language.</summary>
    public int ReturnLayer => Layers - 2;
}
