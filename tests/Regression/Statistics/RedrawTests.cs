using MWork.Probes.Randomness;
using MWork.Probes.Statistics;
using Shouldly;

namespace MWork.Regression.Statistics;

public sealed class RedrawTests
{
    private static readonly double[] s_units = Draws.Normal(new CounterRandom(4, "units"), 25, mean: 3);

    public static TheoryData<string> Kinds => ["mean", "statistic", "seeds"];

    /// <summary>What was measured is the population: intervals on other facts scatter about its mean as means of as many facts do.</summary>
    [Theory, MemberData(nameof(Kinds))]
    public void Intervals_on_other_facts_scatter_as_the_means_of_as_many_facts(string kind)
    {
        const int Redraws = 200;
        var random = new CounterRandom(5, kind);
        StreamingMoments population = StreamingMoments.Of(s_units);
        double expected = population.StandardDeviation / Math.Sqrt(s_units.Length);
        StreamingMoments middles = StreamingMoments.Of(
            [.. Enumerable.Range(0, Redraws).Select(i => Of(kind).Again(random.Fork(i))).Select(interval => (interval.Low + interval.High) / 2)]);
        middles.Mean.ShouldBe(population.Mean, 4 * expected / Math.Sqrt(Redraws));

        // A standard deviation from 200 values is known to 5 %; four of those.
        middles.StandardDeviation.ShouldBeInRange(0.8 * expected, 1.2 * expected);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Equal_generators_draw_the_same_facts_and_others_do_not(string kind)
    {
        Redraw redraw = Of(kind);
        Interval first = redraw.Again(new CounterRandom(1));
        first.Level.ShouldBe(0.9);
        redraw.Again(new CounterRandom(1)).ShouldBe(first);
        redraw.Again(new CounterRandom(2)).ShouldNotBe(first);
    }

    [Fact]
    public void A_statistic_is_asked_about_as_many_units_as_there_are_all_of_them_among_the_measured()
    {
        HashSet<int> lengths = [];
        HashSet<int> seen = [];
        Redraw.OfStatistic(
            6,
            drawn =>
            {
                lengths.Add(drawn.Length);
                seen.UnionWith(drawn.ToArray());
                return drawn.Length;
            },
            0.9).Again(new CounterRandom(3));
        seen.IsSubsetOf(Enumerable.Range(0, 6)).ShouldBeTrue();

        // One sample of six leaves some out: what a redraw did not draw, no resample of it can hold.
        seen.Count.ShouldBeInRange(2, 5);

        // All of them, and all but one for the jackknife.
        lengths.Order().ShouldBe([5, 6]);
    }

    [Fact]
    public void Only_a_mean_has_values_of_its_units()
    {
        Redraw.OfMean(s_units, 0.9).Units.ShouldBe(s_units);
        Of("statistic").Units.ShouldBeNull();
    }

    private static Redraw Of(string kind) => kind switch
    {
        "mean" => Redraw.OfMean(s_units, 0.9),
        "seeds" => Redraw.OfSeeds(s_units, 0.9),
        _ => Redraw.OfStatistic(
            s_units.Length,
            drawn =>
            {
                double sum = 0;
                foreach (int unit in drawn)
                {
                    sum += s_units[unit];
                }

                return sum / drawn.Length;
            },
            0.9),
    };
}
