using MWork.Probes.Randomness;

namespace MWork.Probes.Statistics;

/// <summary>
/// How an interval comes out on other facts: as many units are drawn from the measured ones, with replacement, and the interval is made of them as it was of
/// the originals. What was measured is then the population, and its value the truth, so that the errors of a decision can be counted (the double
/// bootstrap: Davison &amp; Hinkley 1997, 5.6).
/// </summary>
public sealed class Redraw
{
    // Fewer than a claim's own bootstrap has: an end wavers by some 2 % of the width, which the counted rates average over.
    private const int Resamples = 2_000;

    private readonly Func<CounterRandom, Interval> _again;

    private Redraw(Func<CounterRandom, Interval> again, IReadOnlyList<double>? units = null) => (_again, Units) = (again, units);

    /// <summary>One value per unit, where the interval is that of their mean; null elsewhere.</summary>
    public IReadOnlyList<double>? Units { get; }

    /// <summary>Of <see cref="Bootstrap.Mean"/>.</summary>
    public static Redraw OfMean(IReadOnlyList<double> units, double level) => new(random =>
    {
        int[] drawn = Draw(units.Count, random);
        return Inner(random).Mean([.. drawn.Select(unit => units[unit])], level).Interval;
    }, units);

    /// <summary>Of <see cref="Bootstrap.Statistic"/>.</summary>
    public static Redraw OfStatistic(int units, UnitStatistic statistic, double level) => new(random =>
    {
        int[] population = Draw(units, random);
        return Inner(random).Statistic(
            units,
            drawn =>
            {
                int[] members = new int[drawn.Length];
                for (int i = 0; i < members.Length; i++)
                {
                    members[i] = population[drawn[i]];
                }

                return statistic(members);
            },
            level).Interval;
    });

    /// <summary>Of <see cref="Bootstrap.TwoWayMean(IReadOnlyList{TwoWayCell}, double)"/>: facts and draws are both drawn, and a fact or a draw that comes twice
    /// counts as two.</summary>
    public static Redraw OfTwoWay(IReadOnlyList<TwoWayCell> cells, double level)
    {
        int[] facts = [.. cells.Select(cell => cell.Fact).Distinct().Order()];
        int[] draws = [.. cells.Select(cell => cell.Draw).Distinct().Order()];
        return new Redraw(random =>
        {
            ILookup<int, int> factCopies = Copies(facts, random.Fork("facts"));
            ILookup<int, int> drawCopies = Copies(draws, random.Fork("draws"));
            TwoWayCell[] redrawn = [..
                from cell in cells
                from fact in factCopies[cell.Fact]
                from draw in drawCopies[cell.Draw]
                select new TwoWayCell(fact, draw, cell.Value)];
            return Inner(random).TwoWayMean(redrawn, level).Interval;
        });
    }

    /// <summary>The interval on facts drawn anew; equal generators draw the same.</summary>
    public Interval Again(CounterRandom random) => _again(random);

    // Which places of the new sample each original takes.
    private static ILookup<int, int> Copies(int[] names, CounterRandom random) =>
        Draw(names.Length, random).Select((original, place) => (Name: names[original], place)).ToLookup(pair => pair.Name, pair => pair.place);

    private static int[] Draw(int units, CounterRandom random)
    {
        CounterRandom chance = random.Fork("redraw");
        return [.. Enumerable.Range(0, units).Select(_ => chance.NextInt(units))];
    }

    private static Bootstrap Inner(CounterRandom random) => new(random.Fork("interval"), Resamples);
}
