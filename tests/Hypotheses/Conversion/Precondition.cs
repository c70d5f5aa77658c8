using System.Collections.Concurrent;
using System.Globalization;
using MWork.Probes.Subjects;
using MWork.Probes.Tasks;
using MWork.Probes.Text;

namespace MWork.Hypotheses;

/// <summary>What must hold before a lens on a task means anything: the model can do the task.</summary>
internal static class Precondition
{
    private static readonly ConcurrentDictionary<(string Subject, int Facts), double> s_accuracies = new();

    /// <summary>Why the claim cannot be decided, or null when it can.</summary>
    /// <param name="prompts">[language][fact].</param>
    public static string? Fails(Subject subject, Prompt[][] prompts, double smallestAccuracy)
    {
        // Both claims ask the same facts.
        double accuracy = s_accuracies.GetOrAdd((subject.Name, prompts[0].Length), _ =>
            prompts.Average(language => CandidateScores.Measure(subject.Model, language).Average(score => score.IsRight ? 1.0 : 0)));
        return accuracy >= smallestAccuracy
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"clean accuracy {accuracy:0.00}, at least {smallestAccuracy:0.00} needed");
    }
}
