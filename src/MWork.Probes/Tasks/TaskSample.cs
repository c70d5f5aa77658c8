using MWork.Probes.Evidence;
using MWork.Probes.Text;

namespace MWork.Probes.Tasks;

/// <summary>A task's item as a model is asked it.</summary>
public sealed record TaskSample
{
    /// <summary>What is asked, whatever the language: the unit of uncertainty. The same in all languages of an aligned task.</summary>
    public required string Id { get; init; }

    public required string Language { get; init; }

    /// <summary>The text up to where the answer is due.</summary>
    public required string Prompt { get; init; }

    /// <summary>What stands behind the answer, where it is not due at the end.</summary>
    public string Suffix { get; init; } = "";

    /// <summary>Right answers, at least one; any of them will do.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>What else could have been the answer, the right one among them; empty where the answer is free text.</summary>
    public IReadOnlyList<string> Candidates { get; init; } = [];

    public string Target => Targets[0];

    /// <summary>Whether a wrong candidate stands beside the right one; a few published rows have the right one alone.</summary>
    public bool IsChoice => Candidates.Except(Targets.Skip(1)).Count() >= 2;

    /// <summary>One hash for prompt, suffix, targets and candidates.</summary>
    public string Hash => ContentHash.Combine([.. new[] { Prompt, Suffix }.Concat(Targets).Append("candidates").Concat(Candidates).Select(ContentHash.Of)]);

    /// <summary>The whole text with one of the candidates.</summary>
    public string With(string candidate) => Prompt + candidate + Suffix;

    /// <summary>The sample behind exemplars: each with its first target, separated by blank lines.</summary>
    public TaskSample After(IEnumerable<TaskSample> exemplars) =>
        this with { Prompt = string.Concat(exemplars.Select(exemplar => exemplar.With(exemplar.Target) + "\n\n")) + Prompt };

    /// <summary>The sample as claims ask it. Other right answers than the first are no candidates.</summary>
    public Prompt AsPrompt(Language language, TaskKind kind, string relation) => new()
    {
        Tokens = [Prompt],
        Answer = Target,
        Candidates = [.. Candidates.Where(candidate => candidate == Target || !Targets.Contains(candidate, StringComparer.Ordinal))],
        Suffix = Suffix,
        Kind = kind,
        Relation = relation,
        Language = language,
        AnswerLanguage = language,
        Fact = Id,
        Template = relation,
    };

    /// <summary>The sample as evidence holds it, prompt and target by their hashes.</summary>
    public SampleRow Row(IEnumerable<KeyValuePair<string, double>> values) => SampleRow.Of($"{Id} in {Language}", Prompt + Suffix, Target, values);
}
