using FsCheck.Xunit;
using MWork.Probes.Report;
using Shouldly;

namespace MWork.Regression.Report;

public sealed class ScaleTests
{
    [Property(MaxTest = 300)]
    public void Ticks_are_few_in_order_and_hold_the_data(int first, int second, byte power)
    {
        double unit = Math.Pow(10, (power % 9) - 4);
        (double low, double high) = (Math.Min(first, second) * unit, Math.Max(first, second) * unit);
        Scale scale = Scale.Over([low, high, double.NaN, double.PositiveInfinity], 0, 100);
        scale.Ticks.Count.ShouldBeInRange(2, 8);
        scale.Ticks.ShouldBeInOrder();
        scale.Low.ShouldBeLessThanOrEqualTo(low + (1e-9 * Math.Abs(low)));
        scale.High.ShouldBeGreaterThanOrEqualTo(high - (1e-9 * Math.Abs(high)));
        scale.Ticks.Select(scale.Label).ShouldBeUnique();
        scale.At(scale.Low).ShouldBe(0, 1e-6);
        scale.At(scale.High).ShouldBe(100, 1e-6);
    }

    [Fact]
    public void Labels_have_a_true_minus_and_no_minus_before_nothing()
    {
        Scale scale = Scale.Over([-0.3, 0.3], 0, 1);
        scale.Ticks.Select(scale.Label).ShouldBe(["−0.4", "−0.2", "0.0", "0.2", "0.4"]);
        Figures.Number(-0.001).ShouldBe("0.00");
        Figures.Number(-1234.6).ShouldBe("−1235");
        Figures.Number(double.NaN).ShouldBe("–");
    }
}
