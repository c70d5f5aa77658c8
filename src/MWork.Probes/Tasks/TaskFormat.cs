using MWork.Probes.Text;
using MWork.Probes.Text.Published;

namespace MWork.Probes.Tasks;

/// <summary>How an answer is scored.</summary>
public enum TaskMetric
{
    /// <summary>The likeliest of the candidates is right.</summary>
    Choice,

    /// <summary>Exact match and F1 of generated text (<see cref="SquadScore"/>).</summary>
    Squad,

    /// <summary>The last number of generated text (<see cref="NumberMatch"/>).</summary>
    Number,

    /// <summary>ROUGE-L of generated text (<see cref="RougeL"/>).</summary>
    RougeL,
}

/// <summary>A published task: how its files are read, asked and scored.</summary>
public sealed class TaskFormat
{
    private readonly Func<string, string, MalformedRows?, IEnumerable<TaskSample>> _read;

    private TaskFormat(string name, TaskMetric metric, bool isAligned, Func<string, string, MalformedRows?, IEnumerable<TaskSample>> read) =>
        (Name, Metric, IsAligned, _read) = (name, metric, isAligned, read);

    /// <summary>All that there are.</summary>
    public static IReadOnlyList<TaskFormat> All { get; } =
    [
        new("mgsm", TaskMetric.Number, true, (path, language, malformed) => MgsmItem.Read(path, malformed).Select(item => TaskPrompts.Of(item, language))),
        new("xquad", TaskMetric.Squad, true, (path, language, malformed) => XquadItem.Read(path, malformed).Select(item => TaskPrompts.Of(item, language))),
        new("xcopa", TaskMetric.Choice, true, (path, language, malformed) => XcopaItem.Read(path, malformed).Select(item => TaskPrompts.Of(item, language))),
        new("bmlama", TaskMetric.Choice, true, (path, language, malformed) => BmlamaItem.Read(path, malformed).Select(item => TaskPrompts.Of(item, language))),
        new("xcsqa", TaskMetric.Choice, true, (path, language, malformed) => XcsqaItem.Read(path, malformed).Select(item => TaskPrompts.Of(item, language))),
        new("xlsum", TaskMetric.RougeL, false, (path, language, malformed) => XlsumItem.Read(path, malformed).Select(item => TaskPrompts.Of(item, language))),
    ];

    /// <summary>As subjects and commands call it.</summary>
    public string Name { get; }

    public TaskMetric Metric { get; }

    /// <summary>Whether an id means the same item in all languages.</summary>
    public bool IsAligned { get; }

    /// <summary>The task of that name, or null.</summary>
    public static TaskFormat? Find(string name) => All.FirstOrDefault(format => format.Name == name);

    /// <summary>The samples of a language's file.</summary>
    /// <exception cref="TextFormatException">The file cannot be read, or there is no prompt in that language.</exception>
    public IReadOnlyList<TaskSample> Read(string path, string language, MalformedRows? malformed = null) => [.. _read(path, language, malformed)];
}
