using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Probes.Neurons;
using MWork.Probes.Randomness;
using MWork.Probes.Subjects;
using MWork.Probes.Tasks;
using MWork.Probes.Text;

namespace MWork.Hypotheses;

/// <summary>
/// S2's statistic: what ℓ's feed-forward neurons of the task-solving layers cost on knowledge less what they cost on equally sure reasoning
/// in the same language, and that the latter is next to nothing.
/// </summary>
internal static class KnowledgeAgainstReasoning
{
    public static Measurement Measure(Subject subject, Claim claim, ThinkingSeparationProtocol protocol)
    {
        Language[] others = [.. subject.NonPivot];
        AblationScores[] knowledge = [.. others.Select(language => TaskScores.Knowledge(subject, language))];
        AblationScores[] reasoning = [.. others.Select(language => TaskScores.Reasoning(subject, language))];
        int items = reasoning[0].Prompts.Count;
        if (knowledge.Fails(protocol.SmallestAccuracy) is { } cannot)
        {
            return Measurement.Invalid(claim, cannot, knowledge[0].Prompts.Count);
        }

        string? problem = reasoning.Fails(protocol.SmallestAccuracy) is { } failed ? $"reasoning: {failed}"
            : items < protocol.FewestReasoning ? $"{items} reasoning items, at least {protocol.FewestReasoning} needed"
            : null;
        if (problem is not null)
        {
            return Measurement.Invalid(claim, problem, items);
        }

        var neurons = LanguageNeurons.Ffn(subject, protocol.Selection);
        var gaps = new (int Fact, double Value)[others.Length][];
        var drops = new (int Fact, double Value)[others.Length][];
        for (int l = 0; l < others.Length; l++)
        {
            NeuronSet real = neurons.Specific(others[l]).Ffn.InLayers(subject.Zones.Solving(subject.Layers));
            MatchedPairs matched = Matching.Nearest(knowledge[l].CleanLogOdds(), reasoning[l].CleanLogOdds(), protocol.Caliper);
            problem = real.Count == 0 ? "no feed-forward neurons in task-solving"
                : matched.Pairs.Count < protocol.FewestFacts ? $"{matched.Pairs.Count} facts as sure as reasoning, at least {protocol.FewestFacts} needed"
                : null;
            if (problem is not null)
            {
                return Measurement.Invalid(claim, $"{others[l].Code}: {problem}", matched.Pairs.Count);
            }

            Drop onKnowledge = knowledge[l].DropOf(real);
            Drop onReasoning = reasoning[l].DropOf(real);
            gaps[l] = [.. matched.Pairs.Select(pair => (pair.First, onKnowledge.LogOdds[pair.First] - onReasoning.LogOdds[pair.Second]))];
            drops[l] = [.. onReasoning.LogOdds.Select((drop, item) => (item, drop))];
        }

        var random = new CounterRandom(protocol.Seed, "S2 bootstrap");
        return new Measurement
        {
            Findings = [FactEffects.Decide(claim.Criteria[0], gaps, others, random), FactEffects.Decide(claim.Criteria[1], drops, others, random)],
            Power = FactEffects.Power(claim.Criteria[0], gaps),
            Seeds = new(StringComparer.Ordinal) { ["bootstrap"] = protocol.Seed, ["documents"] = protocol.Selection.Seed },
        };
    }
}
