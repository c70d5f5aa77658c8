using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Probes.Randomness;
using MWork.Probes.Subjects;
using MWork.Probes.Tasks;
using MWork.Probes.Text;

namespace MWork.Hypotheses;

/// <summary>
/// G1's statistic: how often the highest token of the vocabulary leaves the query's language when the language's neurons of the generation
/// layers are off, less how often the pivot's does, less the same for controls. Whether the answer is right plays no part.
/// </summary>
internal static class ReturnNeurons
{
    public static Measurement Measure(Subject subject, Claim claim, ReturnProtocol protocol)
    {
        Language[] others = [.. subject.NonPivot];
        AblationScores pivot = TaskScores.Knowledge(subject, subject.Pivot);
        AblationScores[] own = [.. others.Select(language => TaskScores.Knowledge(subject, language))];
        if (own.Append(pivot).Fails(protocol.SmallestAccuracy) is { } cannot)
        {
            return Measurement.Invalid(claim, cannot, pivot.Prompts.Count);
        }

        var neurons = LanguageNeurons.All(subject, protocol.Selection);
        int[] generation = [.. Enumerable.Range(subject.Zones.SolvingTo(subject.Layers), subject.Zones.Generation)];
        (int, int)[] pairs = [.. Enumerable.Range(0, pivot.Prompts.Count).Select(fact => (fact, fact))];
        var effects = new List<LanguageEffect>();
        for (int l = 0; l < others.Length; l++)
        {
            var sets = ControlledSet.Of(
                subject, neurons, others[l], generation, set => set, protocol.Draws, protocol.FactsPerDraw, new CounterRandom(protocol.Seed, "G1 controls"));
            if (sets.Problem is { } problem)
            {
                return Measurement.Invalid(claim, $"{others[l].Code}: {problem}", pairs.Length);
            }

            effects.Add(new LanguageEffect(others[l], own[l], pivot, pairs, sets, ownWorth: Fidelity(subject, others[l]), pivotWorth: Fidelity(subject, subject.Pivot)));
        }

        var random = new CounterRandom(protocol.Seed, "G1 bootstrap");
        (int, double)[][] pivotLosses = [.. effects.Select(effect => effect.PivotLoss.Select((loss, fact) => (fact, loss)).ToArray())];
        return new Measurement
        {
            Findings =
            [
                ControlledEffects.LessRandom(claim.Criteria[0], effects, random),
                ControlledEffects.LessForeign(claim.Criteria[1], effects, random),
                FactEffects.Decide(claim.Criteria[2], pivotLosses, others, random),
            ],
            Power = FactEffects.Power(claim.Criteria[1], [.. effects.Select(effect => effect.LessForeign().ToArray())]),
            Samples = [.. effects.SelectMany(effect => effect.Samples())],
            Seeds = new(StringComparer.Ordinal) { ["controls"] = protocol.Seed, ["bootstrap"] = protocol.Seed, ["documents"] = protocol.Selection.Seed },
        };
    }

    // 1 where the highest token of the whole vocabulary is of the language.
    private static Func<CandidateScore, double> Fidelity(Subject subject, Language language)
    {
        int index = subject.Tokens.IndexOf(language.Code);
        return score => subject.Tokens[score.TopToken] == index ? 1 : 0;
    }
}
