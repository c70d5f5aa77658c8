using MWork.Probes.Evidence;
using MWork.Probes.Randomness;
using MWork.Probes.Statistics;
using MWork.Probes.Text;

namespace MWork.Hypotheses.Harness;

/// <summary>From effects per language and fact to a finding: facts are drawn, languages of one fact stay together.</summary>
internal static class FactEffects
{
    /// <param name="effects">[language], each with the facts that it has.</param>
    /// <param name="within">What an effect cannot leave, for shares and probabilities most of which are alike; null elsewhere.</param>
    public static Finding Decide(
        Criterion criterion, (int Fact, double Value)[][] effects, IReadOnlyList<Language> languages, CounterRandom random, Bounds? within = null)
    {
        var bootstrap = new Bootstrap(random);
        double[] perFact = PerFact.Average(effects.SelectMany(language => language));
        double margin = Margin(criterion);
        double level = criterion.Region?.IntervalLevel() ?? 1 - MultipleTesting.Alpha;
        double rowLevel = criterion.Region?.IntervalLevel(languages.Count) ?? MultipleTesting.BonferroniLevel(languages.Count);
        return Finding.Of(
            criterion,
            Mean(perFact, level),
            criterion.Region is null or { Kind: RegionKind.Inside } ? double.NaN : StudentT.P(perFact, margin),
            [.. languages.Select((language, l) => LanguageRow.Of(
                language.Code, Mean(PerFact.Average(effects[l]), rowLevel), criterion.Region))]) with
        {
            Redraw = Redraw.OfMean(perFact, level, within),
        };

        Estimate Mean(double[] facts, double atLevel) => within is { } bounds ? bootstrap.Mean(facts, bounds, atLevel) : bootstrap.Mean(facts, atLevel);
    }

    /// <summary>Power at twice the margin, as the data turned out to scatter.</summary>
    public static PowerStatement Power(Criterion criterion, (int Fact, double Value)[][] effects)
    {
        double[] perFact = PerFact.Average(effects.SelectMany(language => language));
        double deviation = StreamingMoments.Of(perFact).StandardDeviation;
        double margin = Margin(criterion);
        return new PowerStatement(
            2 * margin,
            MWork.Probes.Statistics.Power.OfMean(2 * margin, margin, deviation, perFact.Length),
            MWork.Probes.Statistics.Power.SmallestDetectable(margin, deviation, perFact.Length),
            criterion.Unit);
    }

    private static double Margin(Criterion criterion) => criterion.Region is { Kind: RegionKind.Above } region ? region.Low : 0;
}
