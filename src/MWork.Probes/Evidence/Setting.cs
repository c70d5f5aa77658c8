namespace MWork.Probes.Evidence;

/// <summary>What the report has to know of a subject, so that it can be drawn without the model.</summary>
/// <param name="About">One sentence.</param>
/// <param name="Layers">Blocks of the model.</param>
/// <param name="SolvingFrom">First layer of the task-solving zone, counted from 0.</param>
/// <param name="SolvingTo">The layer behind it.</param>
/// <param name="ZoneSource">Where the zones come from.</param>
/// <param name="Pivot">Code of the language that is held to be central.</param>
/// <param name="PivotShare">The pivot's share of the language-bearing vocabulary: what a lens shows by chance.</param>
/// <param name="Languages">All languages, the pivot among them.</param>
public sealed record Setting(
    string About, int Layers, int SolvingFrom, int SolvingTo, string ZoneSource, string Pivot, double PivotShare,
    IReadOnlyList<SettingLanguage> Languages);

/// <summary>A language of a <see cref="Setting"/>.</summary>
/// <param name="Code">BCP 47.</param>
/// <param name="Name">In English.</param>
/// <param name="OwnName">In itself.</param>
public sealed record SettingLanguage(string Code, string Name, string OwnName);
