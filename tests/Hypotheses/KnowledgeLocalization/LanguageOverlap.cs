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

    public static Measurement Measure(Subject subject, Claim claim, KnowledgeNeuronProtocol protocol)
    {
        Language[] others = [.. subject.NonPivot];
        AblationScores[] scores = [.. others.Select(language => TaskScores.Knowledge(subject, language))];
        if (scores.Fails(protocol.SmallestAccuracy) is { } cannot)
        {
            return Measurement.Invalid(claim, cannot, scores[0].Prompts.Count);
        }

        var neurons = LanguageNeurons.Ffn(subject, protocol.Selection);
        IReadOnlyList<int> solving = subject.Zones.Solving(subject.Layers);
        var shares = new (int Fact, double Value)[others.Length][];
        double[][] permuted = new double[others.Length][];
        var ceiling = new (int Fact, double Value)[others.Length][];
        NeuronSet[] own = [.. others.Select(language => neurons.Specific(language).Ffn.InLayers(solving))];
        if (Array.FindIndex(own, set => set.Count == 0) is >= 0 and var without)
        {
            return Measurement.Invalid(claim, $"{others[without].Code}: no feed-forward neurons in task-solving", scores[0].Prompts.Count);
        }

        for (int l = 0; l < others.Length; l++)
        {
            var found = FactNeurons.Of(subject, others[l], protocol);
            int[] facts = [.. found.Facts.Where(fact => found.Selected[fact].Count > 0)];
            string? problem = found.Problem ?? (facts.Length < 2 ? "fewer than two facts have knowledge neurons" : null);
            if (problem is not null)
            {
                return Measurement.Invalid(claim, $"{others[l].Code}: {problem}", facts.Length);
            }

            var overlap = new StratifiedOverlap(neurons.Everything.Ffn.InLayers(solving), own[l], neurons.Importance(others[l]));
            permuted[l] = overlap.Permuted(
                [.. facts.Select(fact => found.Selected[fact])], protocol.Permutations, new CounterRandom(protocol.Seed, "K2 permutations").Fork(others[l].Code));
            shares[l] = [.. facts.Select(fact => (fact, overlap.Observed(found.Selected[fact])))];
            ceiling[l] = [.. facts.Select(fact => (fact, Shared(found.ByWording[fact])))];
        }

        // The claim is on the mean over languages, and so is its null; each language has a bound of its own.
        var random = new CounterRandom(protocol.Seed, "K2 bootstrap");
        double[] bounds = [.. shares.Select(_ => Bound(PerFact.Average(permuted)))];
        double[] ownBounds = [.. permuted.Select(Bound)];
        (int, double)[][] excess = Beyond(bounds);
        return new Measurement
        {
            Findings =
            [
                FactEffects.Decide(claim.Criteria[0], excess, others, random, Within(bounds)) with
                {
                    Rows = FactEffects.Decide(claim.Criteria[0], Beyond(ownBounds), others, random, Within(ownBounds)).Rows,
                },
                FactEffects.Decide(claim.Criteria[1], ceiling, others, random, new Bounds(0, 1)),
            ],
            Power = FactEffects.Power(claim.Criteria[0], excess),
            Nulls =
            [
                NullBand.Of("mean", claim.Criteria[0].Unit, Mean(shares.SelectMany(language => language)), PerFact.Average(permuted), Mean(ceiling.SelectMany(language => language))),
                .. others.Select((language, l) => NullBand.Of(language.Code, claim.Criteria[0].Unit, Mean(shares[l]), permuted[l], Mean(ceiling[l]))),
            ],
            Seeds = new(StringComparer.Ordinal) { ["permutations"] = protocol.Seed, ["bootstrap"] = protocol.Seed, ["documents"] = protocol.Selection.Seed },
        };

        (int, double)[][] Beyond(double[] bounds) =>
            [.. shares.Zip(bounds, (language, bound) => language.Select(pair => (pair.Fact, pair.Value - bound)).ToArray())];

        // Where a share less a bound can lie, for any of the bounds.
        static Bounds Within(double[] bounds) => new(-bounds.Max(), 1 - bounds.Min());

        static double Mean(IEnumerable<(int Fact, double Value)> effects) => PerFact.Average(effects).Average();

        static double Bound(double[] draws) => Quantiles.Of([.. draws.Order()], Quantile);
    }

    // Mean share of one wording's neurons in another's, over ordered pairs.
    private static double Shared(NeuronSet[] wordings) => (
        from first in wordings
        from second in wordings
        where !ReferenceEquals(first, second) && first.Count > 0
        select first.Intersect(second).Count / (double)first.Count).DefaultIfEmpty(0).Average();
}
