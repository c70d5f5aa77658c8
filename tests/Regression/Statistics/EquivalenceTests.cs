using FsCheck;
using FsCheck.Xunit;
using MWork.Probes.Statistics;
using Shouldly;
using Interval = MWork.Probes.Statistics.Interval;

namespace MWork.Regression.Statistics;

public sealed class EquivalenceTests
{
    private static readonly double[] Sleep = [-1.2, -2.4, -1.3, -1.3, 0, -1, -1.8, -0.8, -4.6, -1.4];

    // The t distribution with 9 degrees of freedom integrated by Simpson's rule in Python.
    [Theory]
    [InlineData(-3, 0.5, 0.0026555702926427394, 0.00023190270447925876)]
    [InlineData(-2.5, -0.5, 0.02111686024649151, 0.01075924337839651)]
    public void Tost_matches_an_independent_computation(double low, double high, double pLow, double pHigh)
    {
        TostResult result = Equivalence.Tost(Sleep, low, high);
        result.PLow.ShouldBe(pLow, 1e-8);
        result.PHigh.ShouldBe(pHigh, 1e-8);
        result.P.ShouldBe(pLow, 1e-8);
    }

    [Property(MaxTest = 300)]
    public void Tost_at_5_percent_is_a_90_percent_interval_inside_the_margins(NonEmptyArray<sbyte> values, sbyte a, sbyte b)
    {
        double[] data = [.. values.Get.Select(value => value / 4.0), 0, 1, -1];
        (double low, double high) = (Math.Min(a, b) - 0.5, Math.Max(a, b) + 0.5);
        double p = Equivalence.Tost(data, low, high).P;
        Interval ninety = StudentT.Mean(data, Equivalence.IntervalLevel, minimum: 2).Interval;
        if (Math.Abs(p - 0.05) > 1e-7)
            Equivalence.IsInside(ninety, low, high).ShouldBe(p < 0.05);
    }

    [Fact]
    public void Degenerate_data_say_so()
    {
        Equivalence.Tost([1], 0, 2).P.ShouldBe(double.NaN);
        Equivalence.Tost([1, double.NaN, 1], 0, 2).P.ShouldBe(double.NaN);
        Equivalence.Tost([1, 1, 1], 0, 2).P.ShouldBe(0);
        Equivalence.IsInside(Interval.Undefined(0.9), -1, 1).ShouldBeFalse();
        Equivalence.IsInside(new Interval(0.8, 1.25, 0.9), 0.8, 1.25).ShouldBeTrue();
        Should.Throw<ArgumentException>(() => Equivalence.Tost([1, 2], 2, 1));
    }

    [Fact]
    public void A_log_ratio_is_finite_and_antisymmetric()
    {
        Equivalence.LogRatio(0, 0).ShouldBe(0);
        Equivalence.LogRatio(0, 5).ShouldBe(Math.Log(1.0 / 11), 1e-15);
        Equivalence.LogRatio(7, 3).ShouldBe(-Equivalence.LogRatio(3, 7), 1e-15);
        Equivalence.LogRatio(-1, 3).ShouldBe(double.NaN);

        // 40 neurons over 20 layers against 24 over 12 are as many per layer, up to the ½: (40.5/20)/(24.5/12).
        Equivalence.LogRatio(40, 20, 24, 12).ShouldBe(Math.Log(2.025 / (24.5 / 12)), 1e-14);
        Equivalence.ToRatio(new Interval(Math.Log(0.8), Math.Log(1.25), 0.9)).High.ShouldBe(1.25, 1e-14);
    }
}
