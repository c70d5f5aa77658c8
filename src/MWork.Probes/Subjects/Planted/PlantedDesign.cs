namespace MWork.Probes.Subjects.Planted;

/// <summary>
/// What a planted model does by construction. The defaults are the positive control, in which every stage of MWork is there; each
/// negative control breaks one mechanism by one property.
/// </summary>
public sealed record PlantedDesign
{
    /// <summary>The language that the middle layers work in.</summary>
    public string Pivot { get; init; } = "en";

    /// <summary>
    /// Negative when false: no pivot. Each language has concept codes of its own and is processed in its own subspace from the
    /// first layer to the last: the task is solved as well, but nothing is converted.
    /// </summary>
    public bool Converts { get; init; } = true;

    /// <summary>Negative when true: feed-forward language neurons thin out, to a quarter in the task-solving zone.</summary>
    public bool ThinsOut { get; init; }

    /// <summary>Negative when true: support and idle neurons follow a script, not a language.</summary>
    public bool FollowsScript { get; init; }

    /// <summary>Negative when true: support and idle neurons fire in all languages.</summary>
    public bool SharesNeurons { get; init; }

    /// <summary>
    /// Negative when true: the answer returns to its language bit by bit from the task-solving zone on. Needs at least four
    /// task-solving layers.
    /// </summary>
    public bool SpreadsGeneration { get; init; }

    /// <summary>
    /// Negative when true: all languages know what one was taught, and every fact is stored twice, the second copy speaking where
    /// the first is silent. Needs an even number of recall layers, so that <see cref="TaskSolving"/> is odd.
    /// </summary>
    public bool DiffusesKnowledge { get; init; }

    /// <summary>Share of a token's code that conversion moves into the pivot's subspace; the rest stays behind.</summary>
    public double ConversionGain { get; init; } = 1;

    /// <summary>Share of a shared fact's strength that depends on the language's neurons; a fact of one language depends on them
    /// wholly.</summary>
    public double PermitShare { get; init; } = 0.5;

    /// <summary>Layers before task-solving; the last two of them convert the words.</summary>
    public int Understanding { get; init; } = 3;

    /// <summary>Layers in which the question is gathered and answered.</summary>
    public int TaskSolving { get; init; } = 3;

    /// <summary>Layers after task-solving; the last two of them return the answer to the question's language.</summary>
    public int Generation { get; init; } = 3;

    /// <summary>Feed-forward neurons for nothing in particular in the fullest layer, so that a detector has something to leave
    /// out.</summary>
    public int BackgroundNeurons { get; init; } = 64;

    /// <summary>Seeds the concept codes, the strengths of facts and the places of neurons.</summary>
    public ulong Seed { get; init; } = 20240229;

    public int Layers => Understanding + TaskSolving + Generation;

    /// <summary>The blocks whose feed-forward layers convert words to the pivot: the second moves what the first left.</summary>
    internal IReadOnlyList<int> ConversionLayers => [Understanding - 2, Understanding - 1];

    /// <summary>The block whose attention gathers the question at the last position, and whose support neurons permit
    /// answers.</summary>
    internal int GatherLayer => Understanding;

    /// <summary>The blocks that hold the knowledge neurons; a second copy of each where knowledge is diffused is in the second
    /// half.</summary>
    internal IReadOnlyList<int> RecallLayers => [.. Enumerable.Range(GatherLayer + 1, SpreadsGeneration ? 2 : TaskSolving - 1)];

    /// <summary>The block whose attention asks the question's own words in which language to answer.</summary>
    internal int ReturnFlagLayer => SpreadsGeneration ? Understanding - 1 : Understanding + TaskSolving;

    /// <summary>The blocks whose feed-forward layers return the answer to the question's language.</summary>
    internal IReadOnlyList<int> ReturnLayers => SpreadsGeneration
        ? [.. Enumerable.Range(RecallLayers[^1] + 1, Layers - RecallLayers[^1] - 1)]
        : [Layers - 2, Layers - 1];

    internal bool IsTaskSolving(int layer) => layer >= Understanding && layer < Understanding + TaskSolving;

    internal void Check()
    {
        if (Understanding < 3 || TaskSolving < (SpreadsGeneration ? 4 : 2) || Generation < 3)
        {
            throw new ArgumentException(
                "A planted model needs at least 3 understanding, 2 task-solving (4 to spread generation), 3 generation layers.");
        }

        if (DiffusesKnowledge && RecallLayers.Count % 2 != 0)
        {
            throw new ArgumentException(
                "Diffused knowledge is stored twice and needs an even number of layers after the first task-solving one.");
        }

        if (FollowsScript && SharesNeurons)
        {
            throw new ArgumentException("Neurons follow a script or are shared, not both.");
        }
    }
}
