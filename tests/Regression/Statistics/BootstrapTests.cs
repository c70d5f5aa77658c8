using FsCheck;
using FsCheck.Xunit;
using MWork.Probes.Randomness;
using MWork.Probes.Statistics;
using Shouldly;
using Interval = MWork.Probes.Statistics.Interval;

namespace MWork.Regression.Statistics;

public sealed class BootstrapTests
{
    private static readonly double[] Skewed = [1, 2, 4, 8, 16];

    // All 5⁵ resamples of Skewed, enumerated in Python: the quantiles that drawn resamples approach. Means lie 0.2 apart.
    [Theory]
    [InlineData(BootstrapMethod.Percentile, 2.44, 10.4)]
    [InlineData(BootstrapMethod.Bca, 3.0, 11.6)]
    public void Drawn_resamples_approach_all_resamples(BootstrapMethod method, double low, double high)
    {
        Estimate mean = new Bootstrap(new CounterRandom(1), 40_000, method).Statistic(5, Mean, 0.9);
        mean.Value.ShouldBe(6.2, 1e-12);
        mean.N.ShouldBe(5);
        mean.Interval.Low.ShouldBe(low, 0.21);
        mean.Interval.High.ShouldBe(high, 0.21);
    }

    // The same resamples, studentized, likewise in Python; 3 of them have no scatter.
    [Fact]
    public void Drawn_studentized_resamples_approach_all_resamples()
    {
        Estimate mean = new Bootstrap(new CounterRandom(1), 40_000).Mean(Skewed, 0.9);
        mean.Value.ShouldBe(6.2, 1e-12);
        mean.N.ShouldBe(5);
        mean.Interval.Low.ShouldBe(2.279, 0.1);
        mean.Interval.High.ShouldBe(22.566, 1.1);
    }

    [Theory, InlineData(0, 20), InlineData(3, 20), InlineData(12, 12), InlineData(166, 169)]
    public void Zeros_and_ones_have_the_exact_interval_within_their_bounds(int ones, int n)
    {
        double[] units = [.. Enumerable.Range(0, n).Select(i => i < ones ? 1.0 : 0)];
        Interval exact = Proportion.ClopperPearson(ones, n);
        Interval interval = new Bootstrap(new CounterRandom(6), 40_000).Mean(units, new Bounds(0, 1)).Interval;
        double wavers = 0.03 * exact.Width;
        interval.Low.ShouldBe(exact.Low, wavers);
        interval.High.ShouldBe(exact.High, wavers);
    }

    [Fact]
    public void Half_of_few_units_being_equal_leaves_an_end_open()
    {
        Interval interval = new Bootstrap(new CounterRandom(7), 1_000).Mean([0, 0, 0, 1]).Interval;
        interval.Low.ShouldBeGreaterThan(-1);
        interval.High.ShouldBe(double.PositiveInfinity);
    }

    [Fact]
    public void Bca_ends_are_those_of_an_independent_computation()
    {
        // Python: z0 from 3½ + ½·2 of 10 replicates below, a = 0.04398 from the jackknife, ends by type 7 quantiles.
        Interval interval = Bootstrap.Accelerated(
            2.0, [0.5, 1.0, 1.0, 1.5, 2.0, 2.0, 2.5, 3.0, 3.5, 6.0], [1.2, 1.9, 2.1, 2.2, 2.6], 0.8);
        interval.Low.ShouldBe(1.0, 1e-9);
        interval.High.ShouldBe(4.037649811654162, 1e-9);
    }

    [Property(MaxTest = 30)]
    public void The_order_of_units_plays_no_part(NonEmptyArray<short> values, ulong seed)
    {
        double[] units = [.. values.Get.Select(value => value / 10.0)];
        double[] shuffled = [.. units];
        new CounterRandom(seed).Shuffle<double>(shuffled);
        var bootstrap = new Bootstrap(new CounterRandom(seed), 200);
        bootstrap.Mean(shuffled).Interval.ShouldBe(bootstrap.Mean(units).Interval);
        bootstrap.Mean(shuffled, new Bounds(-4000, 4000)).Interval.ShouldBe(bootstrap.Mean(units, new Bounds(-4000, 4000)).Interval);
    }

    [Property(MaxTest = 30)]
    public void An_interval_holds_the_mean_and_moves_with_the_data(NonEmptyArray<short> values, short shift)
    {
        double[] units = [.. values.Get.Select(value => (double)value), 0];
        double[] elsewhere = [.. units.Select(value => value + shift)];
        var bootstrap = new Bootstrap(new CounterRandom(3), 400);
        Moves(bootstrap.Mean(units), bootstrap.Mean(elsewhere));
        Moves(
            bootstrap.Mean(units, new Bounds(short.MinValue, short.MaxValue)),
            bootstrap.Mean(elsewhere, new Bounds(short.MinValue + shift, short.MaxValue + shift)));

        // An end that few units leave open is infinite, and stays so.
        static void Same(double moved, double end) => (moved == end || Math.Abs(moved - end) < 1e-6).ShouldBeTrue($"{moved}, {end}");

        void Moves(Estimate mean, Estimate moved)
        {
            mean.Interval.Contains(mean.Value).ShouldBeTrue();
            Same(moved.Interval.Low - shift, mean.Interval.Low);
            Same(moved.Interval.High - shift, mean.Interval.High);
        }
    }

    [Fact]
    public void The_same_generator_gives_the_same_interval_whatever_was_drawn_from_it()
    {
        var random = new CounterRandom(5);
        Interval first = new Bootstrap(random, 300).Mean(Skewed).Interval;
        random.NextUInt64();
        new Bootstrap(random, 300).Mean(Skewed).Interval.ShouldBe(first);
        new Bootstrap(random.Fork("other"), 300).Mean(Skewed).Interval.ShouldNotBe(first);
    }

    [Fact]
    public void Degenerate_data_say_so()
    {
        var bootstrap = new Bootstrap(new CounterRandom(1), 100);
        bootstrap.Mean([]).Value.ShouldBe(double.NaN);
        bootstrap.Mean([]).Interval.IsDefined.ShouldBeFalse();
        bootstrap.Mean([3]).ShouldBe(new Estimate(3, Interval.Undefined(0.95), 1));
        bootstrap.Mean([3, 3, 3]).Interval.ShouldBe(new Interval(3, 3, 0.95));
        bootstrap.Mean([3, double.NaN, 3]).Interval.IsDefined.ShouldBeFalse();
        bootstrap.Mean([3, double.PositiveInfinity]).Interval.IsDefined.ShouldBeFalse();
        bootstrap.Mean([3], new Bounds(0, 4)).ShouldBe(new Estimate(3, Interval.Undefined(0.95), 1));
        bootstrap.Mean([3, double.NaN], new Bounds(0, 4)).Interval.IsDefined.ShouldBeFalse();
        Should.Throw<ArgumentOutOfRangeException>(() => bootstrap.Mean([3, 5], new Bounds(0, 4)));
        bootstrap.TwoWayMean(new double[1, 9]).Interval.IsDefined.ShouldBeFalse();
        bootstrap.TwoWayMean(new double[0, 0]).Value.ShouldBe(double.NaN);
        bootstrap.TwoWayMean(new double[,] { { 2, 2 }, { 2, 2 } }).Interval.ShouldBe(new Interval(2, 2, 0.95));
        Should.Throw<ArgumentException>(() => bootstrap.ClusterMean(["a"], [1, 2]));
    }

    [Fact]
    public void A_replicate_without_a_value_widens_the_interval()
    {
        // A ratio whose denominator is empty in about (3/4)⁴ = 32 % of resamples.
        double[] weights = [0, 0, 0, 1];
        Estimate ratio = new Bootstrap(new CounterRandom(2), 500, BootstrapMethod.Percentile).Statistic(4, drawn =>
        {
            double sum = 0;
            foreach (int unit in drawn)
                sum += weights[unit];
            return sum == 0 ? double.NaN : 1 / sum;
        });
        ratio.Interval.Low.ShouldBe(double.NegativeInfinity);
        ratio.Interval.High.ShouldBe(double.PositiveInfinity);
    }

    [Fact]
    public void Clusters_weigh_as_asked()
    {
        string[] facts = ["a", "b", "a", "a"];
        var bootstrap = new Bootstrap(new CounterRandom(1), 200);
        bootstrap.ClusterMean(facts, [1, 5, 2, 3]).Value.ShouldBe(3.5, 1e-12);
        bootstrap.ClusterMean(facts, [1, 5, 2, 3], ClusterWeight.Row).Value.ShouldBe(2.75, 1e-12);
        bootstrap.ClusterMean(facts, [1, 5, 2, 3]).N.ShouldBe(2);
        bootstrap.ClusterMean(["b", "a", "a", "a"], [5, 3, 2, 1]).ShouldBe(bootstrap.ClusterMean(facts, [1, 5, 2, 3]));
    }

    [Fact]
    public void One_row_per_fact_is_the_plain_bootstrap()
    {
        var bootstrap = new Bootstrap(new CounterRandom(9), 500);
        bootstrap.ClusterMean(["a", "b", "c", "d", "e"], Skewed).ShouldBe(bootstrap.Statistic(5, Mean));
    }

    private static double Mean(ReadOnlySpan<int> drawn)
    {
        double sum = 0;
        foreach (int unit in drawn)
            sum += Skewed[unit];
        return sum / drawn.Length;
    }

    [Fact]
    public void Subsampling_widens_by_what_the_draws_share()
    {
        double[] draws = [.. Enumerable.Range(0, 101).Select(i => (double)i)];
        Estimate half = Subsampling.Of(draws, 50, 100, 0.9);
        half.Value.ShouldBe(50, 1e-12);
        half.Interval.Low.ShouldBe(50 - (45 * Math.Sqrt(2)), 1e-9);
        half.Interval.High.ShouldBe(50 + (45 * Math.Sqrt(2)), 1e-9);
        Subsampling.Of(draws, 100, 100).Interval.IsDefined.ShouldBeFalse();
        Subsampling.Of([1], 5, 100).Interval.IsDefined.ShouldBeFalse();
    }
}
