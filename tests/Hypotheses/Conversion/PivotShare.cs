using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Probes.Lenses;
using MWork.Probes.Randomness;
using MWork.Probes.Statistics;
using MWork.Probes.Subjects;
using MWork.Probes.Text;

namespace MWork.Hypotheses;

/// <summary>C1's statistic: per fact, the pivot's share among the lens's top tokens by zone, averaged over the other languages.</summary>
internal static class PivotShare
{
    // The figure over all positions is shown without a vote, and costs as much per prompt as the rest together.
    private const int FactsSeenEverywhere = 12;

    /// <param name="subject">Whose middle layers are looked into.</param>
    /// <param name="claim">Its three criteria: against the first layer, the last layer, chance.</param>
    /// <param name="protocol">The numbers.</param>
    /// <param name="lens">What decides; the normed logit lens unless a control breaks it on purpose.</param>
    public static Measurement Measure(Subject subject, Claim claim, ConversionProtocol protocol, ILens? lens = null)
    {
        Language[] others = [.. subject.NonPivot];
        Prompt[][] prompts = [.. others.Select(language => subject.Text.TestPrompts(TaskKind.Knowledge, language).Take(protocol.Facts ?? int.MaxValue).ToArray())]; // [language][fact]
        if (Precondition.Fails(subject, prompts, protocol.SmallestAccuracy) is { } reason)
        {
            return Measurement.Invalid(claim, reason, prompts[0].Length);
        }

        var bootstrap = new Bootstrap(new CounterRandom(protocol.Seed, "C1 bootstrap"));

        LensView[] views = [new(lens ?? LogitLens.Normed), new(LogitLens.Raw)];
        LensView everywhere = new(LogitLens.Normed, AllPositions: true);
        LensShares[][] shares = [.. prompts.Select(language =>
        {
            int[][] ids = [.. language.Select(subject.Encode)];
            return (LensShares[])
            [
                .. LensShares.Measure(subject.Model, ids, subject.Tokens, protocol.Top, views),
                .. LensShares.Measure(subject.Model, [.. ids.Take(FactsSeenEverywhere)], subject.Tokens, protocol.Top, everywhere),
            ];
        })]; // [language][view]
        int pivot = subject.Tokens.IndexOf(subject.Pivot.Code);
        double chance = subject.Tokens.ChanceShare(pivot);
        int last = subject.Layers - 1;
        Func<LensShares, int, double>[] contrasts =
        [
            (s, fact) => Middle(s, fact) - s[fact, 0, pivot],
            (s, fact) => Middle(s, fact) - s[fact, last, pivot],
            (s, fact) => Middle(s, fact) - chance,
        ];
        Finding[] findings = [.. claim.Criteria.Zip(contrasts, (criterion, contrast) =>
        {
            double[][] perLanguage = [.. shares.Select(language => Facts(language[0], contrast))]; // [language][fact]
            double[] perFact = PerFact.Average(perLanguage);
            double rowLevel = criterion.Region!.IntervalLevel(others.Length);
            return Finding.Of(
                criterion,
                bootstrap.Mean(perFact, criterion.Region.IntervalLevel()),
                StudentT.P(perFact, criterion.Region.Low),
                [.. others.Select((language, l) => LanguageRow.Of(
                    language.Code, bootstrap.Mean(perLanguage[l], rowLevel), criterion.Region, StudentT.P(perLanguage[l], criterion.Region.Low)))]) with
            {
                Redraw = Redraw.OfMean(perFact, criterion.Region.IntervalLevel()),
            };
        })];
        double deviation = StreamingMoments.Of(PerFact.Average([.. shares.Select(language => Facts(language[0], contrasts[0]))])).StandardDeviation;
        return new Measurement
        {
            Findings = findings,
            Curves = [.. views.Append(everywhere).SelectMany((view, v) => others.Select((language, l) => Curve(subject, view, language, shares[l][v], pivot)))],
            Power = new PowerStatement(
                2 * protocol.SmallestGap,
                Power.OfMean(2 * protocol.SmallestGap, protocol.SmallestGap, deviation, prompts[0].Length),
                Power.SmallestDetectable(protocol.SmallestGap, deviation, prompts[0].Length),
                "share of pivot tokens"),
            Samples = [.. prompts.SelectMany((language, l) => language.Select((prompt, fact) => SampleRow.Of(
                $"{prompt.Fact} in {prompt.Language.Code}", prompt.Text, prompt.Answer,
                [new("first", shares[l][0][fact, 0, pivot]), new("middle", Middle(shares[l][0], fact)), new("last", shares[l][0][fact, last, pivot])])))],
            Seeds = new(StringComparer.Ordinal) { ["bootstrap"] = protocol.Seed },
        };

        double Middle(LensShares s, int fact) => s.Mean(fact, subject.Zones.SolvingFrom, subject.Zones.SolvingTo(subject.Layers), pivot);

        static double[] Facts(LensShares s, Func<LensShares, int, double> value) => [.. Enumerable.Range(0, s.Prompts).Select(fact => value(s, fact))];
    }

    private static Curve Curve(Subject subject, LensView view, Language language, LensShares shares, int pivot) => new(
        $"{view.Lens.Name} lens{(view.AllPositions ? ", all positions" : "")}, {language.Code}",
        "share of pivot tokens",
        0.95,
        [.. Enumerable.Range(0, subject.Layers).Select(layer =>
        {
            // Bands are for the eye, and there are hundreds: t intervals will do where no verdict hangs on them.
            Estimate estimate = StudentT.Mean([.. Enumerable.Range(0, shares.Prompts).Select(fact => shares[fact, layer, pivot])]);
            return new CurvePoint(layer + 1, estimate.Value, estimate.Interval.Low, estimate.Interval.High);
        })]);
}
