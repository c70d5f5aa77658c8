using FsCheck;
using FsCheck.Xunit;
using MWork.Probes.Statistics;
using Shouldly;
using Interval = MWork.Probes.Statistics.Interval;

namespace MWork.Regression.Statistics;

public sealed class ProportionTests
{
    // R: binom.test(7, 10)$conf.int = 0.3475471 0.9332605; all values from exact binomial tails in Python.
    [Theory]
    [InlineData(7, 10, 0.95, 0.3475471499400028, 0.9332604888222655)]
    [InlineData(0, 20, 0.95, 0, 0.1684334709830853)]
    [InlineData(1, 20, 0.90, 0.0025613787765302798, 0.2161061642068473)]
    [InlineData(50, 50, 0.95, 0.9288782635358024, 1)]
    public void Clopper_Pearson(int successes, int trials, double level, double low, double high)
    {
        Interval interval = Proportion.ClopperPearson(successes, trials, level);
        interval.Low.ShouldBe(low, 1e-10);
        interval.High.ShouldBe(high, 1e-10);
    }

    // R: prop.test(7, 10, correct = FALSE)$conf.int = 0.3967781 0.8922087.
    [Theory]
    [InlineData(7, 10, 0.39677814746114537, 0.8922087325936989)]
    [InlineData(0, 20, 0, 0.1611251580528193)]
    public void Wilson(int successes, int trials, double low, double high)
    {
        Interval interval = Proportion.Wilson(successes, trials);
        interval.Low.ShouldBe(low, 1e-9);
        interval.High.ShouldBe(high, 1e-9);
    }

    [Property]
    public void Both_hold_the_rate_and_mirror_it(byte a, byte b)
    {
        (int successes, int trials) = (a, a + b);
        foreach (Func<int, int, double, Interval> method in new[] { Proportion.ClopperPearson, (Func<int, int, double, Interval>)Proportion.Wilson })
        {
            Interval interval = method(successes, trials, 0.95);
            Interval mirrored = method(trials - successes, trials, 0.95);
            interval.Low.ShouldBe(1 - mirrored.High, 1e-9);
            if (trials > 0)
                interval.Contains((double)successes / trials).ShouldBeTrue();
        }
    }

    [Fact]
    public void Without_trials_nothing_is_known()
    {
        Proportion.ClopperPearson(0, 0).ShouldBe(new Interval(0, 1, 0.95));
        Proportion.Wilson(0, 0).ShouldBe(new Interval(0, 1, 0.95));
        Should.Throw<ArgumentOutOfRangeException>(() => Proportion.Wilson(3, 2));
    }
}
