using System.Collections.Concurrent;
using MWork.Probes.Subjects;
using MWork.Probes.Tasks;
using MWork.Probes.Text;

namespace MWork.Hypotheses.Harness;

/// <summary>Scores of a subject's test prompts, clean and with neurons off, kept for all claims that ask the same.</summary>
internal static class TaskScores
{
    private static readonly ConcurrentDictionary<(Subject, string, string), Lazy<AblationScores>> s_scores = new();

    /// <summary>The facts that all languages hold, asked in one of them.</summary>
    public static AblationScores Knowledge(Subject subject, Language language) => Get(
        subject, language, "knowledge", () => subject.Text.TestPrompts(TaskKind.Knowledge, language));

    /// <summary>The facts that a language alone was taught, asked in a language.</summary>
    public static AblationScores OwnKnowledge(Subject subject, Language holder, Language language) => Get(
        subject, language, $"known in {holder.Code}", () => subject.World.TestPrompts(language, holder.Code));

    /// <summary>Sums and comparisons in words.</summary>
    public static AblationScores Reasoning(Subject subject, Language language) => Get(
        subject, language, "reasoning", () => subject.Text.TestPrompts(TaskKind.Reasoning, language));

    /// <summary>Clean log-odds, prompt by prompt.</summary>
    public static double[] CleanLogOdds(this AblationScores scores) => [.. scores.Clean.Select(score => score.LogOdds)];

    /// <summary>Why these prompts say nothing about a mechanism, or null: the model cannot do them.</summary>
    public static string? Fails(this IEnumerable<AblationScores> scores, double smallestAccuracy)
    {
        double accuracy = scores.Average(one => one.Clean.Average(score => score.IsRight ? 1.0 : 0));
        return accuracy >= smallestAccuracy ? null : FormattableString.Invariant($"clean accuracy {accuracy:0.00}, at least {smallestAccuracy:0.00} needed");
    }

    private static AblationScores Get(Subject subject, Language language, string kind, Func<IReadOnlyList<Prompt>> prompts) => s_scores
        .GetOrAdd((subject, language.Code, kind), _ => new Lazy<AblationScores>(() => new AblationScores(subject.Model, prompts()))).Value;
}
