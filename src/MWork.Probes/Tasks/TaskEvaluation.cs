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
    /// <exception cref="ArgumentException">A prompt is longer than the model has positions for, or candidates cannot be told apart.</exception>
    public static TaskEvaluation Measure(
        LanguageModel model, TaskMetric metric, IReadOnlyList<TaskSample> samples, SitePlan? plan = null, GenerationOptions? generation = null,
        CancellationToken cancellation = default)
    {
        plan ??= SitePlan.None;
        if (metric == TaskMetric.Choice)
        {
            CandidateScore[] scores = CandidateScores.Measure(model, [.. samples.Select(sample => sample.AsPrompt(Language.OfCode(sample.Language), TaskKind.Knowledge, "choice"))], plan);
            return new([.. samples.Zip(scores, (sample, score) => sample.Row([new("accuracy", score.IsRight ? 1 : 0), new("log-odds", score.LogOdds)]))]);
        }

        IReadOnlyList<GeneratedText> told = Generator.Generate(
            model, [.. samples.Select(sample => sample.Prompt)], (generation ?? new GenerationOptions { MaxNewTokens = 512 }).Under(plan), cancellation);
        return new([.. samples.Zip(told, (sample, answer) => sample.Row(Score(metric, answer.Text, sample.Targets)))]);
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
}
