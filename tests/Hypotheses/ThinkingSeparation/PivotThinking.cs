using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Probes.Neurons;
using MWork.Probes.Randomness;
using MWork.Probes.Subjects;
using MWork.Probes.Tasks;
using MWork.Probes.Text;

namespace MWork.Hypotheses;

/// <summary>S1's statistic: what the attention neurons of all languages cost in the pivot less what they cost in ℓ, on equally sure facts.</summary>
internal static class PivotThinking
{
    public static Measurement Measure(Subject subject, Claim claim, ThinkingSeparationProtocol protocol)
    {
        Language[] others = [.. subject.NonPivot];
        AblationScores pivot = TaskScores.Knowledge(subject, subject.Pivot);
        AblationScores[] own = [.. others.Select(language => TaskScores.Knowledge(subject, language))];
        if (own.Append(pivot).Fails(protocol.SmallestAccuracy) is { } cannot)
        {
            return Measurement.Invalid(claim, cannot, pivot.Prompts.Count);
        }

        var neurons = LanguageNeurons.All(subject, protocol.Selection);
        NeuronSet all = subject.Languages
            .Aggregate(NeuronSet.Empty, (union, language) => union.Union(neurons.Specific(language).Attention))
            .InLayers(subject.Zones.Solving(subject.Layers));
        if (all.Count == 0)
        {
            return Measurement.Invalid(claim, "no language has attention neurons of its own in task-solving", pivot.Prompts.Count);
        }

        Drop inPivot = pivot.DropOf(all);
        var effects = new (int Fact, double Value)[others.Length][];
        for (int l = 0; l < others.Length; l++)
        {
            MatchedPairs matched = Matching.Nearest(own[l].CleanLogOdds(), pivot.CleanLogOdds(), protocol.Caliper);
            if (matched.Pairs.Count < protocol.FewestFacts)
            {
                return Measurement.Invalid(
                    claim, $"{others[l].Code}: {matched.Pairs.Count} facts as sure as in {subject.Pivot.Code}, at least {protocol.FewestFacts} needed", matched.Pairs.Count);
            }

            Drop drop = own[l].DropOf(all);
            effects[l] = [.. matched.Pairs.Select(pair => (pair.First, inPivot.LogOdds[pair.Second] - drop.LogOdds[pair.First]))];
        }

        return new Measurement
        {
            Findings = [FactEffects.Decide(claim.Criteria[0], effects, others, new CounterRandom(protocol.Seed, "S1 bootstrap"))],
            Power = FactEffects.Power(claim.Criteria[0], effects),
            Seeds = new(StringComparer.Ordinal) { ["bootstrap"] = protocol.Seed, ["documents"] = protocol.Selection.Seed },
        };
    }
}
