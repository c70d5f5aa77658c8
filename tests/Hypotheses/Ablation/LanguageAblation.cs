using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
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
    /// <param name="neurons">Whose neurons; those of the protocol's selection unless a control finds others on purpose.</param>
    public static Measurement Measure(Subject subject, Claim claim, AblationProtocol protocol, LanguageNeurons? neurons = null)
    {
        Language[] others = [.. subject.NonPivot];
        AblationScores pivot = TaskScores.Knowledge(subject, subject.Pivot);
        AblationScores[] own = [.. others.Select(language => TaskScores.Knowledge(subject, language))];
        if (own.Append(pivot).Fails(protocol.SmallestAccuracy) is { } cannot)
        {
            return Measurement.Invalid(claim, cannot, pivot.Prompts.Count);
        }

        neurons ??= LanguageNeurons.Ffn(subject, protocol.Selection);
        IReadOnlyList<int> solving = subject.Zones.Solving(subject.Layers);
        (Language Language, ControlledSet Sets)[] sets = [.. others.Select(language => (language, ControlledSet.Of(
            subject, neurons, language, solving, set => set.Ffn, protocol.Draws, protocol.FactsPerDraw, new CounterRandom(protocol.Seed, "T2 controls"))))];
        Finding? script = ScriptControl.Decide(claim.Criteria[2], subject, protocol.Selection, sets, new CounterRandom(protocol.Seed, "T2 script"));
        var effects = new List<LanguageEffect>();
        for (int l = 0; l < others.Length; l++)
        {
            IReadOnlyList<(int, int)> pairs = Matching.Nearest(own[l].CleanLogOdds(), pivot.CleanLogOdds(), protocol.Caliper).Pairs;
            string? problem = pairs.Count < protocol.FewestFacts
                ? $"{pairs.Count} facts as sure as in {subject.Pivot.Code}, at least {protocol.FewestFacts} needed"
                : sets[l].Sets.Problem;
            if (problem is not null)
            {
                Measurement invalid = Measurement.Invalid(claim, $"{others[l].Code}: {problem}", pairs.Count);
                return invalid with { Findings = [.. invalid.Findings.Take(2), script ?? invalid.Findings[2]] };
            }

            effects.Add(new LanguageEffect(others[l], own[l], pivot, pairs, sets[l].Sets));
        }

        return Decide(claim, protocol, effects, script);
    }

    /// <summary>For the report: whose neurons cost whom. All facts count, matched or not, and it decides nothing.</summary>
    public static Grid Losses(Subject subject, AblationProtocol protocol)
    {
        var neurons = LanguageNeurons.Ffn(subject, protocol.Selection);
        IReadOnlyList<int> solving = subject.Zones.Solving(subject.Layers);
        Language[] languages = [subject.Pivot, .. subject.NonPivot];
        AblationScores[] tested = [.. languages.Select(language => TaskScores.Knowledge(subject, language))];
        string[] codes = [.. languages.Select(language => language.Code)];
        return new Grid("loss by language switched off and language tested", "log-odds", codes, codes,
        [
            .. languages.Select(language => neurons.Specific(language).Ffn.InLayers(solving))
                .Select(set => (IReadOnlyList<double>)[.. tested.Select(scores => scores.Clean.Zip(scores.Off(set), (clean, off) => clean.LogOdds - off.LogOdds).Average())]),
        ]);
    }

    private static Measurement Decide(Claim claim, AblationProtocol protocol, List<LanguageEffect> effects, Finding? script)
    {
        var random = new CounterRandom(protocol.Seed, "T2 bootstrap");
        Finding foreign = ControlledEffects.LessForeign(claim.Criteria[1], effects, random).With(Ratio(new Bootstrap(random), effects));
        return new Measurement
        {
            Findings =
            [
                ControlledEffects.LessRandom(claim.Criteria[0], effects, random),
                script is null ? foreign with { Note = foreign.Note ?? "whether the neurons follow a script was not asked: the model knows no language in two" } : foreign,
                .. script is null ? Array.Empty<Finding>() : [script],
            ],
            Power = FactEffects.Power(claim.Criteria[1], [.. effects.Select(effect => effect.LessForeign().ToArray())]),
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
}
