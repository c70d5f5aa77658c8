using MWork.Probes.Evidence;
using MWork.Probes.Randomness;
using MWork.Probes.Statistics;

namespace MWork.Hypotheses.Harness;

/// <summary>Effects of all languages' neurons, less those of their controls, as findings.</summary>
internal static class ControlledEffects
{
    /// <summary>Less random sets: facts and draws are both drawn anew.</summary>
    public static Finding LessRandom(Criterion criterion, IReadOnlyList<LanguageEffect> effects, CounterRandom random)
    {
        var bootstrap = new Bootstrap(random);
        int draws = effects.Max(effect => effect.LessRandom(0).Max(cell => cell.Draw)) + 1;
        TwoWayCell[] cells = [.. effects.SelectMany((effect, l) => effect.LessRandom(firstDraw: l * draws))];
        Region region = criterion.Region!;
        return Finding.Of(
            criterion,
            bootstrap.TwoWayMean(cells, region.IntervalLevel()),
            StudentT.P(PerFact.Average(cells.Select(cell => (cell.Fact, cell.Value))), region.Low),
            [.. effects.Select(effect => LanguageRow.Of(
                effect.Language.Code, bootstrap.TwoWayMean([.. effect.LessRandom(0)], region.IntervalLevel(effects.Count)), region))]) with
        {
            Redraw = Redraw.OfTwoWay(cells, region.IntervalLevel()),
        };
    }

    /// <summary>Less other languages' sets.</summary>
    public static Finding LessForeign(Criterion criterion, IReadOnlyList<LanguageEffect> effects, CounterRandom random) => FactEffects.Decide(
        criterion, [.. effects.Select(effect => effect.LessForeign().ToArray())], [.. effects.Select(effect => effect.Language)], random);
}
