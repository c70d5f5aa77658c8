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
/// E1's statistic, one number per seed: what tuning ℓ's feed-forward neurons adds to the log-odds of right answers in ℓ and in every other
/// language, beside the same for as many random neurons and for all weights.
/// </summary>
internal static class TuningGain
{
    /// <param name="tuned">Whose neurons are tuned on a language's documents; its own where null. A control gives another's.</param>
    public static Measurement Measure(Subject subject, Claim claim, EnhancementProtocol protocol, Func<Language, Language>? tuned = null)
    {
        Language[] others = [.. subject.NonPivot];
        Dictionary<Language, AblationScores> asked = subject.Languages.ToDictionary(language => language, language => TaskScores.Knowledge(subject, language));
        int facts = asked[subject.Pivot].Prompts.Count;
        if (asked.Values.Fails(protocol.SmallestAccuracy) is { } cannot)
        {
            return Measurement.Invalid(claim, cannot, facts);
        }

        var neurons = LanguageNeurons.Ffn(subject, protocol.Selection);
        Dictionary<Language, MatchedControls> sets = others.ToDictionary(language => language, language => new MatchedControls(
            neurons.Specific(tuned?.Invoke(language) ?? language).Ffn, neurons.Eligible, neurons.Importance(language)));
        foreach ((Language language, MatchedControls controls) in sets)
        {
            string? problem = controls.Real.Count == 0 ? "no neurons of its own" : controls.Lacks(protocol.Seeds);
            if (problem is not null)
            {
                return Measurement.Invalid(claim, $"{language.Code}: {problem}", facts);
            }
        }

        Dictionary<Language, TuningText> texts = others.ToDictionary(language => language, language => new TuningText(subject, language));

        // Seeds side by side: the products of one are too small to keep all cores busy.
        SeedChange[] seeds = [.. Enumerable.Range(0, protocol.Seeds).AsParallel().AsOrdered().Select(seed =>
        {
            Language language = others[seed % others.Length];
            CounterRandom random = new CounterRandom(protocol.Seed, "E1").Fork(seed);
            var run = new TuningRun(subject, protocol, texts[language], asked, random);
            NeuronSet drawn = sets[language].Draw(1, random.Fork("neurons"))[0];
            return new SeedChange(language, subject.Pivot, run.Change(sets[language].Real), run.Change(drawn), run.Change(neurons: null));
        })];
        return Decide(claim, protocol, seeds, sets);
    }

    private static Measurement Decide(
        Claim claim, EnhancementProtocol protocol, SeedChange[] seeds, Dictionary<Language, MatchedControls> sets)
    {
        double[] lead = [.. seeds.Select(seed => seed.Gain(seed.Own) - seed.Gain(seed.Random))];
        double deviation = StreamingMoments.Of(lead).StandardDeviation;
        return new Measurement
        {
            Findings =
            [
                Find(claim.Criteria[0], [.. seeds.Select(seed => seed.Gain(seed.Own))]),
                Find(claim.Criteria[1], lead),
                Find(claim.Criteria[2], [.. seeds.Select(seed => seed.InPivot(seed.Own))]),
                Find(claim.Criteria[3], [.. seeds.Select(seed => seed.Elsewhere(seed.Own, withPivot: false))]),
                Find(claim.Criteria[4], [.. seeds.Select(seed => seed.Gain(seed.All))]),
                Find(claim.Criteria[5], [.. seeds.Select(seed => seed.Elsewhere(seed.All, withPivot: true))]),
            ],
            Power = new PowerStatement(
                protocol.SmallestHarm,
                Power.OfMean(protocol.SmallestHarm, 0, deviation, seeds.Length),
                Power.SmallestDetectable(0, deviation, seeds.Length),
                "log-odds"),
            Samples = [.. seeds.Select((seed, i) => SampleRow.Of(
                FormattableString.Invariant($"seed {i:00} in {seed.Language.Code}, {sets[seed.Language].Real.Count} neurons"),
                seed.Language.Code,
                "",
                [
                    new("own: gain", seed.Gain(seed.Own)),
                    new("own: pivot", seed.InPivot(seed.Own)),
                    new("own: others", seed.Elsewhere(seed.Own, withPivot: false)),
                    new("random: gain", seed.Gain(seed.Random)),
                    new("random: pivot", seed.InPivot(seed.Random)),
                    new("random: others", seed.Elsewhere(seed.Random, withPivot: false)),
                    new("all: gain", seed.Gain(seed.All)),
                    new("all: pivot", seed.InPivot(seed.All)),
                    new("all: others", seed.Elsewhere(seed.All, withPivot: false)),
                ]))],
            Seeds = new(StringComparer.Ordinal) { ["runs"] = protocol.Seed, ["documents that select"] = protocol.Selection.Seed },
        };
    }

    private static Finding Find(Criterion criterion, double[] perSeed)
    {
        double level = criterion.Region?.IntervalLevel() ?? 1 - MultipleTesting.Alpha;
        return Finding.Of(
            criterion,
            StudentT.Mean(perSeed, level),
            criterion.Region switch
            {
                null => double.NaN,
                { Kind: RegionKind.Inside } inside => Equivalence.Tost(perSeed, inside.Low, inside.High).P,
                { } above => StudentT.P(perSeed, above.Low),
            }) with
        {
            Redraw = Redraw.OfSeeds(perSeed, level),
        };
    }

    /// <summary>Changes of log-odds by language for one seed, by what was tuned.</summary>
    private sealed record SeedChange(
        Language Language, Language Pivot, Dictionary<Language, double> Own, Dictionary<Language, double> Random, Dictionary<Language, double> All)
    {
        public double Gain(Dictionary<Language, double> change) => change[Language];

        public double InPivot(Dictionary<Language, double> change) => change[Pivot];

        /// <summary>The mean over the languages beside the tuned one.</summary>
        public double Elsewhere(Dictionary<Language, double> change, bool withPivot) =>
            change.Where(pair => pair.Key != Language && (withPivot || pair.Key != Pivot)).Average(pair => pair.Value);
    }
}
