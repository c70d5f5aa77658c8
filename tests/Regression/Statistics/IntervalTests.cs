using FsCheck.Xunit;
using MWork.Probes.Statistics;
using Shouldly;

namespace MWork.Regression.Statistics;

public sealed class IntervalTests
{
    [Fact]
    public void An_undefined_interval_contains_nothing()
    {
        Interval.Undefined(0.95).IsDefined.ShouldBeFalse();
        Interval.Undefined(0.95).Contains(0).ShouldBeFalse();
        new Interval(0, 1, 0.95).Contains(double.NaN).ShouldBeFalse();
    }

    [Fact]
    public void Ends_belong_to_it_and_negation_swaps_them()
    {
        var interval = new Interval(-1, 2, 0.9);
        interval.Contains(-1).ShouldBeTrue();
        interval.Contains(2).ShouldBeTrue();
        interval.Negate().ShouldBe(new Interval(-2, 1, 0.9));
        interval.ToString().ShouldBe("[-1.00, 2.00]");
    }

    [Fact]
    public void Quantiles_are_those_of_R_type_7()
    {
        // R: quantile(c(1, 2, 4, 8, 16), c(0, .05, .5, .9, 1))
        double[] sorted = [1, 2, 4, 8, 16];
        new[] { 0, 0.05, 0.5, 0.9, 1 }.Select(p => Quantiles.Of(sorted, p)).ShouldBe([1, 1.2, 4, 12.8, 16], 1e-12);
        Quantiles.Of([], 0.5).ShouldBe(double.NaN);
    }

    [Fact]
    public void A_value_that_is_missing_counts_against_both_ends()
    {
        double[] values = [.. Enumerable.Range(0, 101).Select(i => (double)i)];
        Quantiles.Central(values, 0.9).Low.ShouldBe(5, 1e-9);
        Quantiles.Central(values, 0.9).High.ShouldBe(95, 1e-9);
        Interval oneMissing = Quantiles.Central([double.NaN, .. values[1..]], 0.9);
        oneMissing.Low.ShouldBe(5, 1e-9);
        oneMissing.High.ShouldBe(96, 1e-9);
        Interval manyMissing = Quantiles.Central([.. values[..90], .. Enumerable.Repeat(double.NaN, 11)], 0.9);
        manyMissing.ShouldBe(new Interval(double.NegativeInfinity, double.PositiveInfinity, 0.9));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_level_lies_between_0_and_1(double level) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Quantiles.Central([1, 2], level));

    [Fact]
    public void Moments_match_a_hand_computation()
    {
        // Mean 5, squared deviations 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32, over 7.
        StreamingMoments moments = StreamingMoments.Of([2, 4, 4, 4, 5, 5, 7, 9]);
        moments.Mean.ShouldBe(5, 1e-15);
        moments.Variance.ShouldBe(32.0 / 7, 1e-14);
        moments.StandardError.ShouldBe(Math.Sqrt(32.0 / 56), 1e-14);
        new StreamingMoments().Mean.ShouldBe(double.NaN);
        StreamingMoments.Of([3]).Variance.ShouldBe(double.NaN);
        StreamingMoments.Of([1, double.NaN, 2]).Mean.ShouldBe(double.NaN);
    }

    [Fact]
    public void Moments_survive_a_large_offset()
    {
        // The textbook formula Σx² − nx̄² gives 0 or less here (Chan, Golub & LeVeque 1979).
        StreamingMoments.Of([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]).Variance.ShouldBe(30, 1e-6);
    }

    [Property]
    public void Merged_moments_are_those_of_all(short[] left, short[] right)
    {
        double[] a = [.. left.Select(value => value / 8.0)];
        double[] b = [.. right.Select(value => value / 8.0)];
        StreamingMoments merged = StreamingMoments.Of(a);
        merged.Merge(StreamingMoments.Of(b));
        StreamingMoments all = StreamingMoments.Of([.. a, .. b]);
        merged.Count.ShouldBe(all.Count);
        Same(merged.Mean, all.Mean);
        Same(merged.Variance, all.Variance);

        static void Same(double actual, double expected) =>
            (double.IsNaN(expected) ? double.IsNaN(actual) : Math.Abs(actual - expected) <= 1e-9 * (1 + Math.Abs(expected)))
                .ShouldBeTrue($"{actual} is not {expected}");
    }
}
