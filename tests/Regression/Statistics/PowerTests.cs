using FsCheck;
using FsCheck.Xunit;
using MWork.Probes.Randomness;
using MWork.Probes.Statistics;
using Shouldly;

namespace MWork.Regression.Statistics;

public sealed class PowerTests
{
    [Fact]
    public void The_textbook_sample_size_for_half_a_deviation_is_32()
    {
        // ((1.959964 + 0.841621)/0.5)² = 31.4 (Cohen 1988); power at 31 and 32 from Python's NormalDist.
        Power.SampleSize(effect: 0.5, margin: 0, deviation: 1).ShouldBe(32);
        Power.OfMean(0.5, 0, 1, 32).ShouldBe(0.8074295788138213, 1e-9);
        Power.OfMean(0.5, 0, 1, 31).ShouldBe(0.7950069799112198, 1e-9);
        Power.SmallestDetectable(0, 1, 31).ShouldBe(0.5 * Math.Sqrt(31.395518937396343 / 31), 1e-8);
    }

    [Fact]
    public void The_textbook_sample_size_for_equivalence()
    {
        // ((1.644854 + 1.281552)/0.5)² = 34.26; power at 35 from Python's NormalDist.
        Power.EquivalenceSampleSize(0.5, 1).ShouldBe(35);
        Power.OfEquivalence(0.5, 1, 35).ShouldBe(0.8108798088248084, 1e-9);
        Power.OfEquivalence(0.5, 1, 5).ShouldBe(0);
    }

    [Fact]
    public void At_the_margin_the_power_is_the_error()
    {
        Power.OfMean(0.1, 0.1, 1, 50).ShouldBe(0.025, 1e-9);
        Power.OfEquivalence(0.5, 0.1, 1000, effect: 0.5).ShouldBe(0.05, 1e-9);
    }

    [Property]
    public void The_smallest_detectable_effect_is_found_with_the_power_asked_for(PositiveInt n, PositiveInt deviation, sbyte margin)
    {
        double effect = Power.SmallestDetectable(margin, deviation.Get, n.Get);
        Power.OfMean(effect, margin, deviation.Get, n.Get).ShouldBe(Power.Target, 1e-9);
        if (effect - margin > 1e-6)
            Power.SampleSize(effect - 1e-9, margin, deviation.Get).ShouldBeInRange(n.Get, n.Get + 1);
    }

    [Fact]
    public void No_sample_is_large_enough_for_nothing()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Power.SampleSize(0.1, 0.1, 1));
        Power.OfMean(1, 0, 0, 10).ShouldBe(double.NaN);
        Power.OfMean(1, 0, 1, 0).ShouldBe(double.NaN);
        Power.SmallestDetectable(0, 1, 0).ShouldBe(double.PositiveInfinity);
    }

    [Fact]
    public void Simulated_power_agrees_with_the_approximation()
    {
        double[] pilot = Draws.Normal(new CounterRandom(1, "pilot"), 2000);
        SimulatedRate rate = Power.OfMean(
            pilot, effect: 0.5, margin: 0, n: 40, values => StudentT.Mean(values).Interval, new CounterRandom(2), 800);

        // Φ(0.5·√40 − 1.96) = 0.885; the t quantile takes about 0.01 of it. Bounds: 3.5 standard deviations.
        rate.Value.ShouldBe(0.875, 0.042);
        rate.Interval.Contains(rate.Value).ShouldBeTrue();
        Power.SampleSize(pilot, 0.5, 0, values => StudentT.Mean(values).Interval, new CounterRandom(3), replicates: 400)!.Value
            .ShouldBeInRange(28, 40);
        Power.SampleSize(pilot, 0.01, 0, values => StudentT.Mean(values).Interval, new CounterRandom(3), most: 40, replicates: 100)
            .ShouldBeNull();
    }

    [Fact]
    public void The_false_rate_at_the_margin_is_the_nominal_one()
    {
        SimulatedRate rate = Power.Simulate(2000, new CounterRandom(6, "null"), random =>
            StudentT.Mean(Draws.Normal(random, 25, mean: 0.1)).Interval.Low > 0.1);
        rate.Interval.Contains(0.025).ShouldBeTrue();
    }
}
