using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Probes.Lenses;
using MWork.Probes.Randomness;
using MWork.Probes.Statistics;
using MWork.Probes.Subjects;
using MWork.Probes.Subjects.SmallWorld;
using MWork.Probes.Tasks;
using MWork.Probes.Text;

namespace MWork.Hypotheses;

/// <summary>
/// G2's statistic: by layer, the normed lens's probability of the answer in the pivot less that of the answer in ℓ. The layer at which the
/// pivot leads is picked on selection prompts and judged on test prompts.
/// </summary>
internal static class Crossing
{
    /// <param name="lens">What is read; the normed logit lens unless a control breaks it on purpose.</param>
    public static Measurement Measure(Subject subject, Claim claim, TranslationProtocol protocol, ILens? lens = null)
    {
        Language[] others = [.. subject.NonPivot];
        AblationScores[] own = [.. others.Select(language => TaskScores.Knowledge(subject, language))];
        if (own.Fails(protocol.SmallestAccuracy) is { } cannot)
        {
            return Measurement.Invalid(claim, cannot, own[0].Prompts.Count);
        }

        double[][][] leads = [.. others.Select(language => Lead(subject, language, Use.Test, lens))]; // [language][fact][layer]
        int[] picked = [.. others.Select(language => Leading(subject, Lead(subject, language, Use.Selection, lens)))];
        (int, double)[][] atPicked = [.. leads.Select((facts, l) => facts.Select((layers, fact) => (fact, layers[picked[l]])).ToArray())];
        var random = new CounterRandom(protocol.Seed, "G2 bootstrap");
        var bootstrap = new Bootstrap(random);
        Region late = claim.Criteria[1].Region!;
        return new Measurement
        {
            Findings =
            [
                FactEffects.Decide(claim.Criteria[0], atPicked, others, random, new Bounds(-1, 1)),
                Finding.Of(
                    claim.Criteria[1],
                    bootstrap.Statistic(leads[0].Length, drawn => Mean(leads, drawn)),
                    rows: [.. others.Select((language, l) => LanguageRow.Of(
                        language.Code, bootstrap.Statistic(leads[l].Length, drawn => Depth(leads[l], drawn), late.IntervalLevel(others.Length)), late))]) with
                {
                    Redraw = Redraw.OfStatistic(leads[0].Length, drawn => Mean(leads, drawn), late.IntervalLevel()),
                },
            ],
            Curves = [.. others.Select((language, l) => new Curve(
                $"P({subject.Pivot.Code}) − P({language.Code})", "probability", 0.95,
                [.. Enumerable.Range(0, subject.Layers).Select(layer =>
                {
                    Estimate estimate = bootstrap.Mean([.. leads[l].Select(fact => fact[layer])]);
                    return new CurvePoint(layer, estimate.Value, estimate.Interval.Low, estimate.Interval.High);
                })]))],
            Power = FactEffects.Power(claim.Criteria[0], atPicked),
            Seeds = new(StringComparer.Ordinal) { ["bootstrap"] = protocol.Seed },
        };
    }

    private static double[][] Lead(Subject subject, Language language, Use use, ILens? lens)
    {
        IReadOnlyList<Prompt> prompts = subject.World.TestPrompts(language, use: use);
        IReadOnlyList<Prompt> twins = subject.World.TestPrompts(subject.Pivot, use: use);
        int[][] words = [.. prompts.Zip(twins, (prompt, twin) => (int[])[Id(twin.Answer), Id(prompt.Answer)])];
        return [.. LensProbabilities.Measure(subject.Model, lens ?? LogitLens.Normed, [.. prompts.Select(subject.Encode)], words)
            .Select(layers => layers.Select(p => (double)p[0] - p[1]).ToArray())];

        int Id(string word) => subject.Model.Tokenizer.TokenToId(word)
            ?? throw new ArgumentException($"'{word}' is not one token of {subject.Name}; its probability cannot be read off a lens.");
    }

    private static int Leading(Subject subject, double[][] facts) =>
        subject.Zones.Solving(subject.Layers).MaxBy(layer => facts.Average(fact => fact[layer]));

    private static double Mean(double[][][] leads, ReadOnlySpan<int> drawn)
    {
        double sum = 0;
        foreach (double[][] language in leads)
        {
            sum += Depth(language, drawn) / leads.Length;
        }

        return sum;
    }

    // Where the mean curve goes through zero for the last time, layers counted from 1, as share of all; 0 where the pivot never leads, 1 where it
    // leads to the end.
    private static double Depth(double[][] facts, ReadOnlySpan<int> drawn)
    {
        int layers = facts[0].Length;
        double after = double.NaN;
        for (int layer = layers - 1; layer >= 0; layer--)
        {
            double lead = 0;
            foreach (int fact in drawn)
            {
                lead += facts[fact][layer] / drawn.Length;
            }

            if (lead > 0)
            {
                return layer == layers - 1 ? 1 : (layer + 1 + (lead / (lead - after))) / layers;
            }

            after = lead;
        }

        return 0;
    }
}
