using MWork.Probes.Evidence;
using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Models.Generation;
using MWork.Probes.Text;

namespace MWork.Probes.Tasks;

/// <summary>What a model scores on a task.</summary>
/// <param name="Rows">One per sample, with its figures, and the hashes of its prompt and target.</param>
public sealed record TaskEvaluation(IReadOnlyList<SampleRow> Rows)
{
    /// <summary>The mean of each figure over the samples.</summary>
    public IReadOnlyDictionary<string, double> Means => new SortedDictionary<string, double>(
        Rows.SelectMany(row => row.Values).GroupBy(value => value.Key).ToDictionary(group => group.Key, group => group.Average(value => value.Value)), StringComparer.Ordinal);

    /// <summary>Asks every sample: candidates are scored by their likelihood, free answers are generated.</summary>
    /// <param name="plan">What is edited meanwhile.</param>
    /// <param name="generation">How free answers are generated; greedily and 512 tokens at most where null, as in the paper's code.</param>
    /// <param name="progress">Told how many samples are done.</param>
    /// <exception cref="ArgumentException">A sample cannot be asked (<see cref="Obstacle"/>).</exception>
    public static TaskEvaluation Measure(
        LanguageModel model, TaskMetric metric, IReadOnlyList<TaskSample> samples, SitePlan? plan = null, GenerationOptions? generation = null,
        IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        if (samples.Select(sample => Obstacle(model, metric, sample)).FirstOrDefault(obstacle => obstacle is not null) is { } obstacle)
        {
            throw new ArgumentException(obstacle, nameof(samples));
        }

        GenerationOptions options = (generation ?? new GenerationOptions { MaxNewTokens = 512 }).Under(plan ?? SitePlan.None);
        var rows = new List<SampleRow>(samples.Count);
        foreach (TaskSample[] some in samples.Chunk(options.BatchRows))
        {
            cancellation.ThrowIfCancellationRequested();
            rows.AddRange(metric == TaskMetric.Choice
                ? some.Zip(
                    CandidateScores.Measure(model, [.. some.Select(Choice)], plan),
                    (sample, score) => sample.Row([new("accuracy", score.IsRight ? 1 : 0), new("log-odds", score.LogOdds)]))
                : some.Zip(
                    Generator.Generate(model, [.. some.Select(sample => sample.Prompt)], options, cancellation),
                    (sample, answer) => sample.Row(Score(metric, answer.Text, sample.Targets))));
            progress?.Report(rows.Count);
        }

        return new(rows);
    }

    /// <summary>Why a model cannot be asked a sample, as one sentence, or null: it has no room for it, or nothing to choose between.</summary>
    public static string? Obstacle(LanguageModel model, TaskMetric metric, TaskSample sample)
    {
        string asked = $"'{sample.Id}' in {sample.Language}";
        if (metric == TaskMetric.Choice && !sample.IsChoice)
        {
            return $"{asked} has no candidate but the right one.";
        }

        try
        {
            int tokens = metric == TaskMetric.Choice
                ? AnswerRows.Of(model.Tokenizer, Choice(sample)).Rows.Max(row => row.Length)
                : model.Tokenizer.Encode(sample.Prompt).Length;
            int positions = model.Decoder.Config.MaxPositions;
            return tokens <= positions ? null : $"{asked} has {tokens} tokens, but the model has {positions} positions.";
        }
        catch (ArgumentException unscorable)
        {
            return unscorable.Message;
        }
    }

    /// <summary>The figures of one answer.</summary>
    public static IEnumerable<KeyValuePair<string, double>> Score(TaskMetric metric, string answer, IReadOnlyList<string> targets) => metric switch
    {
        TaskMetric.Squad =>
        [
            new("exact match", SquadScore.ExactMatch(answer, targets)), new("F1", SquadScore.F1(answer, targets)), new("segmented F1", SquadScore.SegmentedF1(answer, targets)),
        ],
        TaskMetric.Number =>
        [
            new("number match", NumberMatch.Of(answer, targets[0])), new("number match as released", NumberMatch.AsReleased(answer) == NumberMatch.Last(targets[0]) ? 1 : 0),
        ],
        TaskMetric.RougeL => [new("ROUGE-L", targets.Max(target => RougeL.Of(answer, target).F))],
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "Only free answers are scored by their text."),
    };

    private static Prompt Choice(TaskSample sample) => sample.AsPrompt(Language.OfCode(sample.Language), TaskKind.Knowledge, "choice");
}
