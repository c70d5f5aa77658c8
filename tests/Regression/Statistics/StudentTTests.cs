using FsCheck;
using FsCheck.Xunit;
using MWork.Probes.Statistics;
using Shouldly;
using Interval = MWork.Probes.Statistics.Interval;

namespace MWork.Regression.Statistics;

public sealed class StudentTTests
{
    // Student's sleep data, as in R's datasets::sleep.
    private static readonly double[] First = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    private static readonly double[] Second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

    [Fact]
    public void The_paired_interval_is_that_of_R()
    {
        // R: t.test(extra[1:10], extra[11:20], paired = TRUE) gives t = -4.0621, p = 0.002833, CI -2.4598858 .. -0.7001142.
        Estimate paired = StudentT.Paired(First, Second);
        paired.Value.ShouldBe(-1.58, 1e-12);
        paired.Interval.Low.ShouldBe(-2.4598858, 1e-6);
        paired.Interval.High.ShouldBe(-0.7001142, 1e-6);
        StudentT.P(Differences(), 0, Alternative.TwoSided).ShouldBe(0.0028328901973875276, 1e-9);
        StudentT.P(Differences(), 0, Alternative.Less).ShouldBe(0.0028328901973875276 / 2, 1e-9);
    }

    [Fact]
    public void Fewer_than_ten_seeds_give_no_interval_unless_asked_for()
    {
        StudentT.Mean(First.AsSpan(0, 9)).Interval.IsDefined.ShouldBeFalse();
        StudentT.Mean(First.AsSpan(0, 9), minimum: 2).Interval.IsDefined.ShouldBeTrue();
        StudentT.Mean([1], minimum: 0).Interval.IsDefined.ShouldBeFalse();
    }

    [Fact]
    public void Degenerate_data_say_so()
    {
        double[] constant = [.. Enumerable.Repeat(2.0, 10)];
        StudentT.Mean(constant).Interval.ShouldBe(new Interval(2, 2, 0.95));
        StudentT.P(constant, 1).ShouldBe(0);
        StudentT.P(constant, 3).ShouldBe(1);
        StudentT.P(constant, 2).ShouldBe(0.5);
        StudentT.P(constant, 2, Alternative.TwoSided).ShouldBe(1);
        StudentT.P([1]).ShouldBe(double.NaN);
        StudentT.Mean([.. constant, double.NaN]).Interval.IsDefined.ShouldBeFalse();
        Should.Throw<ArgumentException>(() => StudentT.Paired([1, 2], [1]));
    }

    [Property]
    public void A_one_sided_p_below_half_of_alpha_is_an_interval_above_the_margin(NonEmptyArray<sbyte> values, sbyte margin)
    {
        double[] data = [.. values.Get.Select(value => (double)value), 1, 3];
        double p = StudentT.P(data, margin);
        bool above = StudentT.Mean(data, minimum: 2).Interval.Low > margin;
        if (Math.Abs(p - 0.025) > 1e-7)
            above.ShouldBe(p < 0.025);
    }

    private static double[] Differences() => [.. First.Zip(Second, (a, b) => a - b)];
}
