using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Probes.Neurons;
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
                .GroupBy(fact => own.Prompts[fact].Relation)
                .Where(relation => relation.Skip(1).Any())
                .SelectMany(relation => Effects([.. relation]))
                .OrderBy(effect => effect.Fact)];

            IEnumerable<(int Fact, double Value)> Effects(int[] facts)
            {
                NeuronSet[] neurons = [.. facts.Select(fact => found.Selected[mistaken ? After(fact) : fact])];
                CandidateScore[][] off = own.Off(neurons, [.. neurons.Select(_ => facts)]);
                return facts.Select((fact, i) =>
                {
                    double[] drops = [.. off.Select(without => own.Clean[fact].LogOdds - without[i].LogOdds)]; // by whose neurons are off
                    return (fact, drops[i] - drops.Where((_, j) => j != i).Average());
                });
            }

            int After(int fact) => found.Facts.SkipWhile(other => other <= fact).FirstOrDefault(found.Facts[0]);
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
