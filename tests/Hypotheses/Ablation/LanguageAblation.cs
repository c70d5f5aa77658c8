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
/// T2's statistic: what ℓ's feed-forward neurons of the task-solving layers cost in ℓ less what they cost in the pivot, on facts
/// of which both were equally sure, and less the same for two families of controls.
/// </summary>
internal static class LanguageAblation
{
    public static Measurement Measure(Subject subject, Claim claim, AblationProtocol protocol)
    {
        Language[] others = [.. subject.NonPivot];
        AblationScores pivot = TaskScores.Knowledge(subject, subject.Pivot);
        AblationScores[] own = [.. others.Select(language => TaskScores.Knowledge(subject, language))];
        if (own.Append(pivot).Fails(protocol.SmallestAccuracy) is { } cannot)
        {
            return Measurement.Invalid(claim, cannot, pivot.Prompts.Count);
        }

        var neurons = LanguageNeurons.Of(subject, protocol.Selection);
        IReadOnlyList<int> solving = subject.Zones.Solving(subject.Layers);
        var effects = new List<LanguageEffect>();
        for (int l = 0; l < others.Length; l++)
        {
            NeuronSet real = neurons.Specific(others[l]).Ffn.InLayers(solving);
            var controls = new MatchedControls(real, neurons.Eligible.Ffn.InLayers(solving), neurons.Importance(others[l]));
            NeuronSet[] foreign = [.. others.Where(other => other != others[l])
                .Select(other => MatchedControls.OtherLanguage(real, neurons.Specific(other).Ffn.InLayers(solving), neurons.Importance(other)))
                .OfType<NeuronSet>()];
            IReadOnlyList<(int, int)> pairs = Matching.Nearest(own[l].CleanLogOdds(), pivot.CleanLogOdds(), protocol.Caliper).Pairs;
            string? problem = real.Count == 0 ? "no feed-forward neurons in task-solving"
                : pairs.Count < protocol.FewestFacts ? $"{pairs.Count} facts as sure as in {subject.Pivot.Code}, at least {protocol.FewestFacts} needed"
                : foreign.Length == 0 ? "no other language has as many neurons"
                : controls.Lacks(protocol.Draws);
            if (problem is not null)
            {
                return Measurement.Invalid(claim, $"{others[l].Code}: {problem}", pairs.Count);
            }

            var random = new CounterRandom(protocol.Seed, "T2 controls").Fork(others[l].Code);
            NeuronSet[] drawn = controls.Draw(protocol.Draws, random);
            int[][] design = SparseDesign.Balanced(drawn.Length, pairs.Count, protocol.FactsPerDraw, random);
            effects.Add(new LanguageEffect(others[l], own[l], pivot, pairs, real, foreign, drawn, design));
        }

        return Decide(claim, protocol, effects);
    }

    private static Measurement Decide(Claim claim, AblationProtocol protocol, List<LanguageEffect> effects)
    {
        var bootstrap = new Bootstrap(new CounterRandom(protocol.Seed, "T2 bootstrap"));
        TwoWayCell[] random = [.. effects.SelectMany((effect, l) => effect.LessRandom(firstDraw: l * protocol.Draws))];
        (int Fact, double Value)[] foreign = [.. effects.SelectMany(effect => effect.LessForeign())];
        double rowLevel = claim.Criteria[0].Region!.IntervalLevel(effects.Count);
        return new Measurement
        {
            Findings =
            [
                Finding.Of(
                    claim.Criteria[0],
                    bootstrap.TwoWayMean(random),
                    StudentT.P(PerFact.Average(random.Select(cell => (cell.Fact, cell.Value))), protocol.SmallestDrop),
                    [.. effects.Select(effect => LanguageRow.Of(
                        effect.Language.Code, bootstrap.TwoWayMean([.. effect.LessRandom(0)], rowLevel), claim.Criteria[0].Region))]),
                Finding.Of(
                    claim.Criteria[1],
                    bootstrap.Mean(PerFact.Average(foreign)),
                    StudentT.P(PerFact.Average(foreign), protocol.SmallestDrop),
                    [.. effects.Select(effect => LanguageRow.Of(
                        effect.Language.Code, bootstrap.Mean([.. effect.LessForeign().Select(pair => pair.Value)], rowLevel), claim.Criteria[1].Region))])
                    .With(Ratio(bootstrap, effects)),
            ],
            Power = Power(protocol, PerFact.Average(foreign)),
            Samples = [.. effects.SelectMany(effect => effect.Samples())],
            Seeds = new(StringComparer.Ordinal) { ["controls"] = protocol.Seed, ["bootstrap"] = protocol.Seed, ["documents"] = protocol.Selection.Seed },
        };
    }

    // What accuracy above chance is left in the pivot, less what is left in ℓ: the second look at the same effect.
    private static Finding Ratio(Bootstrap bootstrap, List<LanguageEffect> effects)
    {
        int[] facts = [.. effects.SelectMany(effect => effect.Facts).Distinct().Order()];
        Estimate estimate = bootstrap.Statistic(facts.Length, drawn =>
        {
            int[] chosen = new int[drawn.Length];
            for (int i = 0; i < drawn.Length; i++)
            {
                chosen[i] = facts[drawn[i]];
            }

            return effects.Average(effect => effect.KeptInPivotMore(chosen));
        });
        return Finding.Of(new Criterion("accuracy above chance kept, pivot − ℓ", "share", Region.Above(0)), estimate);
    }

    private static PowerStatement Power(AblationProtocol protocol, double[] perFact)
    {
        double deviation = StreamingMoments.Of(perFact).StandardDeviation;
        return new PowerStatement(
            2 * protocol.SmallestDrop,
            MWork.Probes.Statistics.Power.OfMean(2 * protocol.SmallestDrop, protocol.SmallestDrop, deviation, perFact.Length),
            MWork.Probes.Statistics.Power.SmallestDetectable(protocol.SmallestDrop, deviation, perFact.Length),
            "log-odds");
    }
}
