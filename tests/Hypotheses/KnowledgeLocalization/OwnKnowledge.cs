using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Probes.Randomness;
using MWork.Probes.Subjects;
using MWork.Probes.Tasks;
using MWork.Probes.Text;

namespace MWork.Hypotheses;

/// <summary>
/// K3's statistic: what ℓ's feed-forward neurons of the task-solving layers cost on facts that ℓ alone was taught less what they cost on equally sure
/// facts that all were taught, both asked in ℓ, less the same for controls.
/// </summary>
internal static class OwnKnowledge
{
    public static Measurement Measure(Subject subject, Claim claim, KnowledgeLocalizationProtocol protocol)
    {
        Language[] others = [.. subject.NonPivot.Where(language => subject.World.TestPrompts(language, language.Code).Count > 0)];
        AblationScores[] own = [.. others.Select(language => TaskScores.OwnKnowledge(subject, language, language))];
        AblationScores[] shared = [.. others.Select(language => TaskScores.Knowledge(subject, language))];
        if (own.Concat(shared).Fails(protocol.SmallestAccuracy) is { } cannot)
        {
            return Measurement.Invalid(claim, cannot, own.Sum(scores => scores.Prompts.Count));
        }

        var neurons = LanguageNeurons.Ffn(subject, protocol.Selection);
        var effects = new List<LanguageEffect>();
        for (int l = 0; l < others.Length; l++)
        {
            var sets = ControlledSet.Of(
                subject, neurons, others[l], subject.Zones.Solving(subject.Layers), set => set.Ffn, protocol.Draws, protocol.FactsPerDraw,
                new CounterRandom(protocol.Seed, "K3 controls"));
            IReadOnlyList<(int, int)> pairs = Matching.Nearest(own[l].CleanLogOdds(), shared[l].CleanLogOdds(), protocol.Caliper).Pairs;
            string? problem = pairs.Count < protocol.FewestFacts
                ? $"{pairs.Count} facts of its own as sure as shared ones, at least {protocol.FewestFacts} needed"
                : sets.Problem;
            if (problem is not null)
            {
                return Measurement.Invalid(claim, $"{others[l].Code}: {problem}", pairs.Count);
            }

            effects.Add(new LanguageEffect(others[l], own[l], shared[l], pairs, sets, firstFact: own.Take(l).Sum(scores => scores.Prompts.Count)));
        }

        var random = new CounterRandom(protocol.Seed, "K3 bootstrap");
        return new Measurement
        {
            Findings = [ControlledEffects.LessRandom(claim.Criteria[0], effects, random), ControlledEffects.LessForeign(claim.Criteria[1], effects, random)],
            Power = FactEffects.Power(claim.Criteria[1], [.. effects.Select(effect => effect.LessForeign().ToArray())]),
            Samples = [.. effects.SelectMany(effect => effect.Samples())],
            Seeds = new(StringComparer.Ordinal) { ["controls"] = protocol.Seed, ["bootstrap"] = protocol.Seed, ["documents"] = protocol.Selection.Seed },
        };
    }
}
