using MWork.Probes.Randomness;
using MWork.Probes.Statistics;
using Shouldly;

namespace MWork.Regression.Statistics;

/// <summary>Where "too little" ends: the fewest data that say something, and what stands for the answer below them.</summary>
public sealed class FewestDataTests
{
    [Fact]
    public void Two_facts_and_two_draws_have_an_interval()
    {
        var bootstrap = new Bootstrap(new CounterRandom(1), 200);
        bootstrap.TwoWayMean(new double[,] { { 0, 1 }, { 2, 3 } }).Interval.Width.ShouldBeGreaterThan(0);
        bootstrap.TwoWayMean([new(1, 1, 0), new(1, 2, 1), new(2, 1, 2), new(2, 2, 3)]).Interval.Width.ShouldBeGreaterThan(0);
        bootstrap.TwoWayMean(new double[2, 1]).Interval.IsDefined.ShouldBeFalse();
        Subsampling.Of([1, 3], 5, 100).Interval.Width.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void No_statistic_is_asked_of_no_units() =>
        new Bootstrap(new CounterRandom(1), 10).Statistic(0, _ => 5).Value.ShouldBe(double.NaN);

    [Fact]
    public void An_estimate_above_all_replicates_has_an_interval_at_their_upper_end()
    {
        // Python: z0 = Φ⁻¹(1 − ½/10), no acceleration, ends at Φ(z0 + z0 ∓ 1.2816) by type 7.
        Interval interval = Bootstrap.Accelerated(20, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [1, 1, 1], 0.8);
        interval.Low.ShouldBe(9.799179624554974, 1e-8);
        interval.High.ShouldBe(9.999978183862847, 1e-8);
    }

    [Fact]
    public void Moments_of_two_numbers_and_of_none()
    {
        StreamingMoments.Of([1, 3]).Variance.ShouldBe(2, 1e-15);
        StreamingMoments.Of([1, 3]).StandardDeviation.ShouldBe(Math.Sqrt(2), 1e-15);
        new StreamingMoments().Variance.ShouldBe(double.NaN);

        var moments = new StreamingMoments();
        moments.Merge(new StreamingMoments());
        moments.Add(1);
        moments.Add(3);
        moments.Mean.ShouldBe(2, 1e-15);
    }

    [Fact]
    public void An_interval_of_one_point_is_defined_and_holds_it_alone()
    {
        var point = new Interval(2, 2, 0.95);
        point.IsDefined.ShouldBeTrue();
        point.Contains(2).ShouldBeTrue();
        point.Contains(1.999).ShouldBeFalse();
        point.Contains(2.001).ShouldBeFalse();
        new Interval(-1, 2.5, 0.95).Width.ShouldBe(3.5);
        Quantiles.Between([1, 2], double.NaN, 0.9, 0.9).IsDefined.ShouldBeFalse();
        Quantiles.Between([1, 2], 0.1, double.NaN, 0.9).IsDefined.ShouldBeFalse();
    }

    [Fact]
    public void A_test_without_a_scatter_or_a_degree_of_freedom_has_no_p()
    {
        Equivalence.Tost(1, double.PositiveInfinity, 5, 0, 2).P.ShouldBe(double.NaN);
        Equivalence.Tost(1, 1, 0, 0, 2).P.ShouldBe(double.NaN);
        new TostResult(double.NaN, 0.01).P.ShouldBe(double.NaN);
        new TostResult(0.01, double.NaN).P.ShouldBe(double.NaN);
        Should.Throw<ArgumentException>(() => Equivalence.Tost([1, 2], 1, 1));
    }

    [Fact]
    public void A_ratio_of_what_is_no_count_or_of_no_layers_is_none()
    {
        Equivalence.LogRatio(-1, -1).ShouldBe(double.NaN);
        Equivalence.LogRatio(-0.25, 3).ShouldBe(double.NaN);
        Equivalence.LogRatio(3, -0.25).ShouldBe(double.NaN);
        Equivalence.LogRatio(1, 0, 1, 1).ShouldBe(double.NaN);
        Equivalence.LogRatio(1, 1, 1, 0).ShouldBe(double.NaN);
    }

    [Fact]
    public void Power_without_units_or_scatter_is_none()
    {
        Power.OfEquivalence(0.5, 1, 0).ShouldBe(double.NaN);
        Power.OfEquivalence(0.5, 0, 10).ShouldBe(double.NaN);
        Power.SmallestDetectable(0, 1, -1).ShouldBe(double.PositiveInfinity);
        Power.SmallestDetectable(0, 0, 0).ShouldBe(double.PositiveInfinity);

        // In units of the deviation as at margin ½ and deviation 1.
        Power.EquivalenceSampleSize(1, 2).ShouldBe(35);
    }

    [Fact]
    public void Sets_that_are_empty_or_everything_overlap_as_they_must()
    {
        Overlap.HypergeometricTail(0, 10, 0, 3).ShouldBe(1);
        Overlap.HypergeometricTail(0, 10, 3, 0).ShouldBe(1);
        Overlap.HypergeometricTail(3, 10, 10, 3).ShouldBe(1);
        Overlap.HypergeometricTail(3, 10, 3, 10).ShouldBe(1);
        Overlap.HypergeometricTail(3, 10, 7, 7).ShouldBe(1);
        Should.Throw<ArgumentException>(() => Overlap.HypergeometricTail(0, 10, 3, 11));

        // Exact integers in Python: the last of these terms is e^−6900 of the first.
        (Overlap.HypergeometricTail(2600, 10_000, 5000, 5000) / 3.4386321974459314e-05).ShouldBe(1, 1e-7);
    }

    [Fact]
    public void No_success_and_nothing_but_success_reach_the_border_exactly()
    {
        for (int trials = 1; trials <= 40; trials++)
        {
            Proportion.Wilson(0, trials).Low.ShouldBe(0);
            Proportion.Wilson(trials, trials).High.ShouldBe(1);
        }

        Should.Throw<ArgumentOutOfRangeException>(() => Proportion.Wilson(-1, 2));
        Should.Throw<ArgumentOutOfRangeException>(() => Proportion.ClopperPearson(3, 2));
        Should.Throw<ArgumentOutOfRangeException>(() => MultipleTesting.ControlDraws(0));
    }
}
