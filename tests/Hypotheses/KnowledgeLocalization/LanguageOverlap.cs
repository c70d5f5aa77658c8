using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Probes.Neurons;
using MWork.Probes.Randomness;
using MWork.Probes.Statistics;
using MWork.Probes.Subjects;
using MWork.Probes.Tasks;
using MWork.Probes.Text;

namespace MWork.Hypotheses;

/// <summary>
/// K2's statistic: the share of a fact's knowledge neurons that are specific to the language, less the 97.5 % quantile of that share when the
/// labels are permuted within layer and decile of importance. The ceiling is how far the neurons of one wording are those of another.
/// </summary>
internal static class LanguageOverlap
{
    private const double Quantile = 0.975;

    public static Measurement Measure(Subject subject, Claim claim, KnowledgeLocalizationProtocol protocol)
    {
        Language[] others = [.. subject.NonPivot];
        AblationScores[] scores = [.. others.Select(language => TaskScores.Knowledge(subject, language))];
        if (scores.Fails(protocol.SmallestAccuracy) is { } cannot)
        {
            return Measurement.Invalid(claim, cannot, scores[0].Prompts.Count);
        }

        var neurons = LanguageNeurons.Of(subject, protocol.Selection);
        IReadOnlyList<int> solving = subject.Zones.Solving(subject.Layers);
        var excess = new (int Fact, double Value)[others.Length][];
        var ceiling = new (int Fact, double Value)[others.Length][];
        for (int l = 0; l < others.Length; l++)
        {
            var found = FactNeurons.Of(subject, others[l], protocol);
            NeuronSet own = neurons.Specific(others[l]).Ffn.InLayers(solving);
            int[] facts = [.. found.Facts.Where(fact => found.Selected[fact].Count > 0)];
            string? problem = found.Problem ?? (own.Count == 0 ? "no feed-forward neurons in task-solving" : facts.Length < 2 ? "fewer than two facts have knowledge neurons" : null);
            if (problem is not null)
            {
                return Measurement.Invalid(claim, $"{others[l].Code}: {problem}", facts.Length);
            }

            var overlap = new StratifiedOverlap(neurons.Everything.Ffn.InLayers(solving), own, neurons.Importance(others[l]));
            double[] permuted = overlap.Permuted(
                [.. facts.Select(fact => found.Selected[fact])], protocol.Permutations, new CounterRandom(protocol.Seed, "K2 permutations").Fork(others[l].Code));
            double bound = Quantiles.Of([.. permuted.Order()], Quantile);
            excess[l] = [.. facts.Select(fact => (fact, overlap.Observed(found.Selected[fact]) - bound))];
            ceiling[l] = [.. facts.Select(fact => (fact, Shared(found.ByWording[fact])))];
        }

        var random = new CounterRandom(protocol.Seed, "K2 bootstrap");
        return new Measurement
        {
            Findings = [FactEffects.Decide(claim.Criteria[0], excess, others, random), FactEffects.Decide(claim.Criteria[1], ceiling, others, random)],
            Power = FactEffects.Power(claim.Criteria[0], excess),
            Seeds = new(StringComparer.Ordinal) { ["permutations"] = protocol.Seed, ["bootstrap"] = protocol.Seed, ["documents"] = protocol.Selection.Seed },
        };
    }

    // Mean share of one wording's neurons in another's, over ordered pairs.
    private static double Shared(NeuronSet[] wordings) => (
        from first in wordings
        from second in wordings
        where !ReferenceEquals(first, second) && first.Count > 0
        select first.Intersect(second).Count / (double)first.Count).DefaultIfEmpty(0).Average();
}
