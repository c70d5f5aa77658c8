using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MWork.Probes.Evidence;
using MWork.Probes.Subjects.Planted;
using MWork.Probes.Tasks;
using MWork.Probes.Text;

namespace MWork.Probes.Subjects;

/// <summary>What is studied, as it stands in <c>fixtures/subjects/*.json</c>; <c>docs/subjects.md</c> explains the fields.</summary>
public sealed record SubjectFile
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        Converters = { new JsonStringEnumConverter<Verdict>() },
    };

    public required string Name { get; init; }

    /// <summary>One sentence for reports.</summary>
    public required string About { get; init; }

    public required ModelSource Model { get; init; }

    /// <summary>Directory of the small world that its text comes from, relative to the file; null where <see cref="Text"/> is given.</summary>
    public string? World { get; init; }

    /// <summary>Its text in files; null where <see cref="World"/> is given.</summary>
    public TextFiles? Text { get; init; }

    /// <summary>The tasks that go with <see cref="Text"/>; the small world brings its own.</summary>
    public SubjectTasks? Tasks { get; init; }

    /// <summary>Codes of the languages it is asked in, the pivot among them.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>Code of the language that is held to be central.</summary>
    public required string Pivot { get; init; }

    public required Zones Zones { get; init; }

    /// <summary>The verdict that each claim must give on it; claims that are not named are Measured only.</summary>
    public required IReadOnlyDictionary<string, Verdict> Expect { get; init; }

    /// <summary>Why a verdict is expected that MWork would not lead one to, by claim.</summary>
    public IReadOnlyDictionary<string, string> Why { get; init; } = new Dictionary<string, string>();

    /// <summary>Reads and checks a file.</summary>
    /// <exception cref="SubjectException">It cannot be used; the message names file and field.</exception>
    public static SubjectFile Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new SubjectException($"{path}: there is no such file; a subject is JSON like those in fixtures/subjects.");
        }

        SubjectFile subject;
        try
        {
            subject = JsonSerializer.Deserialize<SubjectFile>(File.ReadAllText(path), s_json)
                ?? throw new SubjectException($"{path}: null is not a subject; write an object like those in fixtures/subjects.");
        }
        catch (JsonException error)
        {
            throw new SubjectException(JsonProblem.Of(path, error), error);
        }

        subject.Check(path);
        return subject;
    }

    /// <summary>The file's content, as <see cref="Load"/> reads it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, s_json) + "\n";

    private void Check(string path)
    {
        Require(
            Name.Length > 0 && Name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'),
            "name", $"is '{Name}', but names a file of evidence: use letters, digits, '-', '_' and '.'");
        Require(Languages.Count >= 2, "languages", "names fewer than two languages; a claim compares at least one with the pivot");
        Require(Languages.Distinct(StringComparer.Ordinal).Count() == Languages.Count, "languages", "names a language twice");
        Require(Languages.Contains(Pivot, StringComparer.Ordinal), "pivot", $"is '{Pivot}', which is not among the languages {string.Join(", ", Languages)}");
        Require(Zones.Understanding >= 1 && Zones.Generation >= 1, "zones", "must leave at least one layer to understanding and one to generation");
        Require(Zones.Source.Length > 0, "zones.source", "is empty; say where the zones come from");
        Require(
            (Model.Checkpoint is null) != (Model.Planted is null),
            "model", "must have either 'checkpoint', a model directory, or 'planted', a design");
        Require((World is null) != (Text is null), "world", "and 'text' are two sources of text: give either the small world's directory or files by language");
        Require(Model.Planted is null || World is not null, "world", "is missing: a planted model speaks the small world's languages");
        Require(Tasks is null || Text is not null, "tasks", "goes with 'text'; the small world brings its own tasks");
        RequirePaths("text.selection", Text?.Selection);
        RequirePaths("text.test", Text?.Test);
        CheckTask("tasks.knowledge", Tasks?.Knowledge);
        CheckTask("tasks.reasoning", Tasks?.Reasoning);
        foreach (string claim in Expect.Keys.Concat(Why.Keys))
        {
            Require(
                KnownClaims.FamilyOf(claim) is not null,
                "expect", $"names the claim '{claim}', which there is not; there are {string.Join(", ", KnownClaims.Ids)}");
        }

        void CheckTask(string field, TaskFiles? task)
        {
            if (task is null)
            {
                return;
            }

            string[] usable = [.. TaskFormat.All.Where(format => format.IsAligned && format.Metric == TaskMetric.Choice).Select(format => format.Name)];
            Require(usable.Contains(task.Format), $"{field}.format", $"is '{task.Format}'; claims score candidates in aligned languages, which {string.Join(", ", usable)} have");
            Require(task.Items is null or > 0, $"{field}.items", "must be at least 1");
            RequirePaths($"{field}.files", task.Files);
        }

        void RequirePaths(string field, LanguagePaths? paths)
        {
            string? missing = paths is null ? null : Languages.FirstOrDefault(code => string.IsNullOrWhiteSpace(paths[code]));
            Require(missing is null, field, $"names no path for '{missing}'; give a path with {{language}} in it, or one for each language");
        }

        void Require(bool condition, string field, string problem)
        {
            if (!condition)
            {
                throw new SubjectException($"{path}: field '{field}' {problem}.");
            }
        }
    }
}

/// <summary>Where a subject's model comes from: exactly one of the two.</summary>
/// <param name="Checkpoint">A model directory, relative to the subject's file.</param>
/// <param name="Planted">A design whose weights are built on the spot.</param>
/// <param name="Repository">The id under which the checkpoint is published, where it is not in this repository (<see cref="ReleasedModel"/>).</param>
/// <param name="Revision">Which commit, tag or branch of it.</param>
public sealed record ModelSource(string? Checkpoint = null, PlantedDesign? Planted = null, string? Repository = null, string? Revision = null);
