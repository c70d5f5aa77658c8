using MWork.Probes.Neurons;
using MWork.Probes.Subjects;
using MWork.Probes.Subjects.SmallWorld;
using MWork.Probes.Text;

namespace MWork.Probes.Tasks;

/// <summary>What switching neurons off costs in one language, on questions that no claim is scored by.</summary>
/// <param name="Items">Questions asked.</param>
/// <param name="Before">Share that the clean run answers right.</param>
/// <param name="After">Share that the run without the neurons answers right.</param>
/// <param name="Chance">Share that guessing among the candidates would.</param>
/// <param name="Drop">Mean loss of log-odds of the right answer, in nats.</param>
public sealed record LanguageAccuracy(Language Language, int Items, double Before, double After, double Chance, double Drop)
{
    /// <summary>One row per language of a subject, on its selection facts: test facts are for claims.</summary>
    /// <param name="progress">Told how many languages are done.</param>
    public static IReadOnlyList<LanguageAccuracy> Measure(
        Subject subject, NeuronSet off, TaskKind kind = TaskKind.Knowledge, IProgress<int>? progress = null, CancellationToken cancellation = default) =>
    [
        .. subject.Languages.Select((language, done) =>
        {
            cancellation.ThrowIfCancellationRequested();
            IReadOnlyList<Prompt> prompts = kind switch
            {
                TaskKind.Knowledge => subject.World.TestPrompts(language, use: Use.Selection),
                TaskKind.Reasoning => subject.World.ReasoningPrompts(language, Use.Selection),
                _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Knowledge and reasoning are asked in every language."),
            };
            using var scores = new AblationScores(subject.Model, prompts);
            CandidateScore[] without = scores.Off(off);
            progress?.Report(done + 1);
            return new LanguageAccuracy(
                language,
                prompts.Count,
                scores.Clean.Average(score => score.IsRight ? 1.0 : 0),
                without.Average(score => score.IsRight ? 1.0 : 0),
                prompts.Average(prompt => prompt.Chance),
                new Drop(prompts, scores.Clean, without).Mean());
        }),
    ];
}
