using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Probes.Randomness;
using MWork.Probes.Statistics;
using MWork.Probes.Subjects;
using MWork.Probes.Tasks;
using MWork.Probes.Text;

namespace MWork.Hypotheses;

/// <summary>K1's statistic: what a fact loses with its own knowledge neurons less what it loses with those of other facts of its relation.</summary>
internal static class Necessity
{
    /// <param name="mistaken">Whether a fact's neurons are taken for those of the fact after it, as a control does on purpose.</param>
    public static Measurement Measure(Subject subject, Claim claim, KnowledgeNeuronProtocol protocol, bool mistaken = false)
    {
        Language[] others = [.. subject.NonPivot];
        AblationScores[] scores = [.. others.Select(language => TaskScores.Knowledge(subject, language))];
        if (scores.Fails(protocol.SmallestAccuracy) is { } cannot)
        {
            return Measurement.Invalid(claim, cannot, scores[0].Prompts.Count);
        }

        var effects = new (int Fact, double Value)[others.Length][];
        double error = 0;
        for (int l = 0; l < others.Length; l++)
        {
            var found = FactNeurons.Of(subject, others[l], protocol);
            if (found.Problem is { } problem)
            {
                return Measurement.Invalid(claim, $"{others[l].Code}: {problem}", found.Facts.Count);
            }

            AblationScores own = scores[l];
            error = Math.Max(error, found.CompletenessError.Values.Max());
            effects[l] = [.. found.Facts
                .Select(fact => (Fact: fact, Others: found.Facts.Where(other => other != fact && own.Prompts[other].Relation == own.Prompts[fact].Relation).ToArray()))
                .Where(pair => pair.Others.Length > 0)
                .Select(pair => (pair.Fact, Drop(pair.Fact, pair.Fact) - pair.Others.Average(other => Drop(pair.Fact, other))))];

            double Drop(int fact, int neuronsOf) =>
                own.Clean[fact].LogOdds - own.Off([found.Selected[mistaken ? After(neuronsOf) : neuronsOf]], [[fact]])[0][0].LogOdds;

            int After(int fact) => found.Facts[(found.Facts.ToList().IndexOf(fact) + 1) % found.Facts.Count];
        }

        return new Measurement
        {
            Findings =
            [
                FactEffects.Decide(claim.Criteria[0], effects, others, new CounterRandom(protocol.Seed, "K1 bootstrap")),
                Finding.Of(claim.Criteria[1], new Estimate(error, new Interval(error, error, 0.95), effects.Sum(language => language.Length))),
            ],
            Power = FactEffects.Power(claim.Criteria[0], effects),
            Seeds = new(StringComparer.Ordinal) { ["facts"] = protocol.Seed, ["bootstrap"] = protocol.Seed },
        };
    }
}
