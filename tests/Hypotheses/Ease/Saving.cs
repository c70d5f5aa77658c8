using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Probes.Neurons;
using MWork.Probes.Randomness;
using MWork.Probes.Subjects;
using MWork.Probes.Tasks;
using MWork.Probes.Text;

namespace MWork.Hypotheses;

/// <summary>P1's statistic: how many fewer neurons of the task-solving layers take part in the pivot than in ℓ, on equally sure facts.</summary>
internal static class Saving
{
    public static Measurement Measure(Subject subject, Claim claim, EaseProtocol protocol)
    {
        Language[] others = [.. subject.NonPivot];
        AblationScores pivot = TaskScores.Knowledge(subject, subject.Pivot);
        AblationScores[] own = [.. others.Select(language => TaskScores.Knowledge(subject, language))];
        if (own.Append(pivot).Fails(protocol.SmallestAccuracy) is { } cannot)
        {
            return Measurement.Invalid(claim, cannot, pivot.Prompts.Count);
        }

        double[] inPivot = Taking(pivot);
        var effects = new (int Fact, double Value)[others.Length][];
        for (int l = 0; l < others.Length; l++)
        {
            MatchedPairs matched = Matching.Nearest(own[l].CleanLogOdds(), pivot.CleanLogOdds(), protocol.Caliper);
            if (matched.Pairs.Count < protocol.FewestFacts)
            {
                return Measurement.Invalid(
                    claim, $"{others[l].Code}: {matched.Pairs.Count} facts as sure as in {subject.Pivot.Code}, at least {protocol.FewestFacts} needed", matched.Pairs.Count);
            }

            double[] taking = Taking(own[l]);
            effects[l] = [.. matched.Pairs.Select(pair => (pair.First, 1 - (inPivot[pair.Second] / taking[pair.First])))];
        }

        return new Measurement
        {
            Findings = [FactEffects.Decide(claim.Criteria[0], effects, others, new CounterRandom(protocol.Seed, "P1 bootstrap"))],
            Power = FactEffects.Power(claim.Criteria[0], effects),
            Seeds = new(StringComparer.Ordinal) { ["bootstrap"] = protocol.Seed },
        };

        double[] Taking(AblationScores scores) => Contributors.Count(
            subject.Model, [.. scores.Prompts.Select(subject.Encode)], subject.Zones.Solving(subject.Layers), protocol.Contribution);
    }
}
