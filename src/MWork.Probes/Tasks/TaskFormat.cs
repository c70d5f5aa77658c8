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
    private readonly Func<string, string, MalformedRows?, IReadOnlyList<TaskSample>> _read;

    private TaskFormat(string name, TaskMetric metric, bool isAligned, Func<string, string, MalformedRows?, IReadOnlyList<TaskSample>> read) =>
        (Name, Metric, IsAligned, _read) = (name, metric, isAligned, read);

    /// <summary>All that there are.</summary>
    public static IReadOnlyList<TaskFormat> All { get; } =
    [
        Of("mgsm", TaskMetric.Number, true, MgsmItem.Read, TaskPrompts.Of),
        Of("xquad", TaskMetric.Squad, true, XquadItem.Read, TaskPrompts.Of),
        Of("xcopa", TaskMetric.Choice, true, XcopaItem.Read, TaskPrompts.Of),
        Of("bmlama", TaskMetric.Choice, true, BmlamaItem.Read, TaskPrompts.Of),
        Of("xcsqa", TaskMetric.Choice, true, XcsqaItem.Read, TaskPrompts.Of),
        Of("xlsum", TaskMetric.RougeL, false, XlsumItem.Read, TaskPrompts.Of),
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
    public IReadOnlyList<TaskSample> Read(string path, string language, MalformedRows? malformed = null) => _read(path, language, malformed);

    private static TaskFormat Of<TItem>(
        string name, TaskMetric metric, bool isAligned, Func<string, MalformedRows?, IReadOnlyList<TItem>> read, Func<TItem, string, TaskSample> ask) =>
        new(name, metric, isAligned, (path, language, malformed) =>
        {
            IReadOnlyList<TItem> items = read(path, malformed);
            try
            {
                return [.. items.Select(item => ask(item, language))];
            }
            catch (TextFormatException unasked)
            {
                throw new TextFormatException($"{path}: {unasked.Message}", unasked);
            }
        });
}
