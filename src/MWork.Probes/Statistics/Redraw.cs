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

    /// <summary>Of <see cref="Bootstrap.Mean(ReadOnlySpan{double}, double)"/>, or of its like <paramref name="within"/> bounds.</summary>
    public static Redraw OfMean(IReadOnlyList<double> units, double level, Bounds? within = null) => new(random =>
    {
        double[] drawn = [.. Draw(units.Count, random).Select(unit => units[unit])];
        return (within is { } bounds ? Inner(random).Mean(drawn, bounds, level) : Inner(random).Mean(drawn, level)).Interval;
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

    /// <summary>
    /// Of <see cref="Bootstrap.TwoWayMean(IReadOnlyList{TwoWayCell}, double)"/> where each draw was scored on one fact: then other facts come with other draws,
    /// and a fact is drawn with its own, whole (Davison &amp; Hinkley 1997, 3.8, strategy 1). A fact that comes twice counts as two, and so do its draws.
    /// </summary>
    /// <exception cref="ArgumentException">A draw was scored on several facts.</exception>
    public static Redraw OfTwoWay(IReadOnlyList<TwoWayCell> cells, double level)
    {
        if (cells.GroupBy(cell => cell.Draw).Any(draw => draw.DistinctBy(cell => cell.Fact).Skip(1).Any()))
            throw new ArgumentException("A draw was scored on several facts; then facts and draws are not drawn anew together.", nameof(cells));
        TwoWayCell[][] facts = [.. cells.GroupBy(cell => cell.Fact).OrderBy(fact => fact.Key).Select(fact => fact.ToArray())];
        int names = cells.Select(cell => cell.Draw).DefaultIfEmpty(0).Max() + 1;
        return new Redraw(random => Inner(random).TwoWayMean(
            [.. Draw(facts.Length, random).SelectMany((fact, place) => facts[fact].Select(cell => new TwoWayCell(place, (place * names) + cell.Draw, cell.Value)))],
            level).Interval);
    }

    /// <summary>Of <see cref="StudentT.Mean"/>, over training seeds.</summary>
    public static Redraw OfSeeds(IReadOnlyList<double> values, double level) =>
        new(random => StudentT.Mean([.. Draw(values.Count, random).Select(seed => values[seed])], level).Interval);

    /// <summary>Of an interval that knows itself how to draw anew what it is made of.</summary>
    public static Redraw Of(Func<CounterRandom, Interval> again) => new(again);

    /// <summary>The interval on facts drawn anew; equal generators draw the same.</summary>
    public Interval Again(CounterRandom random) => _again(random);

    private static int[] Draw(int units, CounterRandom random)
    {
        CounterRandom chance = random.Fork("redraw");
        return [.. Enumerable.Range(0, units).Select(_ => chance.NextInt(units))];
    }

    private static Bootstrap Inner(CounterRandom random) => new(random.Fork("interval"), Resamples);
}
