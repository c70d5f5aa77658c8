using FsCheck;
using FsCheck.Xunit;
using MWork.Probes.Randomness;
using MWork.Probes.Statistics;
using Shouldly;
using Interval = MWork.Probes.Statistics.Interval;

namespace MWork.Regression.Statistics;

/// <summary>Simulated power under rules whose power is known: 0 below a number of units and 1 from there on.</summary>
public sealed class PowerSearchTests
{
    private static readonly double[] s_pilot = [1, 2, 6];

    [Property(MaxTest = 60)]
    public void The_smallest_sample_is_found_to_two_percent(PositiveInt needed)
    {
        int found = Power.SampleSize(s_pilot, 1, 0, From(needed.Get), new CounterRandom(1), most: 1000, replicates: 2)!.Value;
        found.ShouldBeInRange(Math.Max(2, needed.Get), Math.Max(2, needed.Get + (needed.Get / 50)));
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(49, 49)]
    [InlineData(700, 700 + 14)]
    [InlineData(1000, 1000)]
    public void The_search_ends_where_it_may(int needed, int most) =>
        Power.SampleSize(s_pilot, 1, 0, From(needed), new CounterRandom(1), most: 1000, replicates: 2)!.Value.ShouldBeInRange(needed, most);

    [Fact]
    public void It_goes_no_further_than_asked()
    {
        Power.SampleSize(s_pilot, 1, 0, From(37), new CounterRandom(1), most: 37, replicates: 2).ShouldBe(37);
        Power.SampleSize(s_pilot, 1, 0, From(37), new CounterRandom(1), most: 36, replicates: 2).ShouldBeNull();
    }

    [Fact]
    public void The_target_itself_is_enough()
    {
        // Four of five replicates, whatever the number of units.
        int asked = 0;
        Interval FourOfFive(double[] values) => new(asked++ % 5 == 0 ? -1 : 1, 2, 0.95);
        Power.SampleSize(s_pilot, 1, 0, FourOfFive, new CounterRandom(1), power: 0.8, replicates: 5).ShouldBe(2);
    }

    [Fact]
    public void An_interval_that_begins_at_the_margin_does_not_lie_above_it()
    {
        SimulatedRate rate = Power.OfMean(s_pilot, 1, 0.25, 5, _ => new Interval(0.25, 1, 0.95), new CounterRandom(1), 10);
        (rate.Successes, rate.Trials, rate.Value).ShouldBe((0, 10, 0.0));
        rate.Interval.ShouldBe(Proportion.ClopperPearson(0, 10));
    }

    [Fact]
    public void The_pilot_is_moved_to_the_effect_and_keeps_its_shape()
    {
        // Its mean is 3; moved to 10 its values are 8, 9 and 13.
        HashSet<double> seen = [];
        Power.OfMean(
            s_pilot, effect: 10, margin: 0, n: 7,
            values =>
            {
                values.Length.ShouldBe(7);
                seen.UnionWith(values);
                return new Interval(1, 2, 0.95);
            },
            new CounterRandom(1), 20).Value.ShouldBe(1);
        seen.Order().ShouldBe([8, 9, 13], 1e-12);
    }

    [Fact]
    public void Every_replicate_has_a_generator_of_its_own()
    {
        HashSet<ulong> first = [];
        Power.Simulate(50, new CounterRandom(1), random => first.Add(random.NextUInt64())).Successes.ShouldBe(50);
    }

    private static Func<double[], Interval> From(int needed) => values => new Interval(values.Length >= needed ? 1 : -1, 2, 0.95);
}
