using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Text;

namespace MWork.Probes.Tasks;

/// <summary>What an edit costs on a list of prompts: the clean run against the edited one, item by item.</summary>
public sealed class Drop
{
    private readonly IReadOnlyList<Prompt> _prompts;
    private readonly IReadOnlyList<CandidateScore> _clean;
    private readonly IReadOnlyList<CandidateScore> _off;

    /// <exception cref="ArgumentException">The three lists are not parallel.</exception>
    public Drop(IReadOnlyList<Prompt> prompts, IReadOnlyList<CandidateScore> clean, IReadOnlyList<CandidateScore> off)
    {
        if (clean.Count != prompts.Count || off.Count != prompts.Count)
        {
            throw new ArgumentException($"{prompts.Count} prompts, but {clean.Count} clean and {off.Count} edited scores.", nameof(clean));
        }

        (_prompts, _clean, _off) = (prompts, clean, off);
        LogOdds = [.. clean.Zip(off, (before, after) => before.LogOdds - after.LogOdds)];
    }

    public int Count => _prompts.Count;

    /// <summary>Per item: loss of log-odds of the right answer within its candidates, in nats; positive when the edit hurts.</summary>
    public IReadOnlyList<double> LogOdds { get; }

    /// <summary>Two passes over the prompts.</summary>
    public static Drop Measure(LanguageModel model, IReadOnlyList<Prompt> prompts, SitePlan plan) =>
        new(prompts, CandidateScores.Measure(model, prompts), CandidateScores.Measure(model, prompts, plan));

    /// <summary>Mean loss of log-odds; NaN without items.</summary>
    public double Mean() => LogOdds.DefaultIfEmpty(double.NaN).Average();

    /// <summary>
    /// What is left of the accuracy above chance, (off − chance) / (clean − chance): 1 when the edit costs nothing, 0 when only guessing
    /// remains. NaN where the clean run is not better than guessing, so that there is nothing to lose.
    /// </summary>
    /// <param name="items">Which items count, each as often as it is named (a bootstrap's draw); all of them when null.</param>
    public double Ratio(IReadOnlyList<int>? items = null)
    {
        (double clean, double off, double chance) = (0, 0, 0);
        foreach (int item in items ?? [.. Enumerable.Range(0, Count)])
        {
            clean += _clean[item].IsRight ? 1 : 0;
            off += _off[item].IsRight ? 1 : 0;
            chance += _prompts[item].Chance;
        }

        return clean > chance ? (off - chance) / (clean - chance) : double.NaN;
    }
}
