using FsCheck.Xunit;
using MWork.Probes.Evidence;
using MWork.Probes.Statistics;
using Shouldly;

namespace MWork.Regression.Verdicts;

public sealed class VerdictRuleTests
{
    [Theory]
    [InlineData(0.11, 0.20, Verdict.Supported)]
    [InlineData(0.10, 0.20, Verdict.Inconclusive)] // An effect that is the margin is not larger than it.
    [InlineData(0.05, 0.20, Verdict.Inconclusive)]
    [InlineData(0.05, 0.10, Verdict.Refuted)]
    [InlineData(double.NaN, double.NaN, Verdict.Invalid)]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity, Verdict.Inconclusive)]
    [InlineData(0.11, double.PositiveInfinity, Verdict.Supported)]
    public void Above(double low, double high, Verdict expected) =>
        VerdictRule.Decide(new Interval(low, high, 0.95), Region.Above(0.10)).ShouldBe(expected);

    [Theory]
    [InlineData(0.5, 0.79, Verdict.Supported)]
    [InlineData(0.5, 0.80, Verdict.Inconclusive)]
    [InlineData(0.80, 0.9, Verdict.Refuted)]
    [InlineData(0.79, 0.9, Verdict.Inconclusive)]
    public void Below(double low, double high, Verdict expected) =>
        VerdictRule.Decide(new Interval(low, high, 0.95), Region.Below(0.8)).ShouldBe(expected);

    [Theory]
    [InlineData(0.80, 1.25, Verdict.Supported)] // The margins themselves are equivalent.
    [InlineData(0.79, 1.25, Verdict.Inconclusive)]
    [InlineData(0.70, 0.80, Verdict.Inconclusive)]
    [InlineData(0.70, 0.79, Verdict.Refuted)]
    [InlineData(1.26, 1.30, Verdict.Refuted)]
    [InlineData(0.50, 2.00, Verdict.Inconclusive)]
    public void Inside(double low, double high, Verdict expected) =>
        VerdictRule.Decide(new Interval(low, high, 0.90), Region.Inside(0.8, 1.25)).ShouldBe(expected);

    [Fact]
    public void Without_a_region_it_is_measured_unless_there_is_nothing_to_measure()
    {
        VerdictRule.Decide(new Interval(0, 1, 0.95), null).ShouldBe(Verdict.Measured);
        VerdictRule.Decide(Interval.Undefined(0.95), null).ShouldBe(Verdict.Invalid);
    }

    [Property]
    public void No_interval_is_inside_a_region_and_its_complement(short a, short b, short bound, short width)
    {
        var interval = new Interval(Math.Min(a, b), Math.Max(a, b), 0.95);
        foreach (Region region in new[] { Region.Above(bound), Region.Below(bound), Region.Inside(bound, bound + Math.Abs((double)width) + 1) })
            (region.Contains(interval) && region.Excludes(interval)).ShouldBeFalse();
    }

    [Property]
    public void A_narrower_interval_never_turns_a_verdict_round(byte low, byte width, byte less, byte bound)
    {
        var wide = new Interval(low, low + width, 0.95);
        var narrow = new Interval(low, low + Math.Max(0, width - less), 0.95);
        Verdict before = VerdictRule.Decide(wide, Region.Above(bound));
        if (before != Verdict.Inconclusive)
            VerdictRule.Decide(narrow, Region.Above(bound)).ShouldBe(before);
    }

    [Theory]
    [InlineData(Verdict.Supported, Verdict.Supported, Verdict.Supported)]
    [InlineData(Verdict.Supported, Verdict.Inconclusive, Verdict.Inconclusive)]
    [InlineData(Verdict.Supported, Verdict.Refuted, Verdict.Refuted)]
    [InlineData(Verdict.Supported, Verdict.Invalid, Verdict.Invalid)]
    [InlineData(Verdict.Supported, Verdict.Measured, Verdict.Supported)]
    [InlineData(Verdict.Refuted, Verdict.Invalid, Verdict.Refuted)]
    [InlineData(Verdict.Refuted, Verdict.Inconclusive, Verdict.Refuted)]
    [InlineData(Verdict.Invalid, Verdict.Inconclusive, Verdict.Invalid)]
    [InlineData(Verdict.Measured, Verdict.Measured, Verdict.Measured)]
    public void Criteria_combine_in_either_order(Verdict first, Verdict second, Verdict expected)
    {
        VerdictRule.All([first, second]).ShouldBe(expected);
        VerdictRule.All([second, first]).ShouldBe(expected);
    }

    [Fact]
    public void No_criteria_decide_nothing() => VerdictRule.All([]).ShouldBe(Verdict.Invalid);

    [Theory]
    [InlineData(Verdict.Supported, Verdict.Supported, Verdict.Supported)]
    [InlineData(Verdict.Refuted, Verdict.Refuted, Verdict.Refuted)]
    [InlineData(Verdict.Supported, Verdict.Refuted, Verdict.Inconclusive)]
    [InlineData(Verdict.Supported, Verdict.Inconclusive, Verdict.Inconclusive)]
    [InlineData(Verdict.Refuted, Verdict.Inconclusive, Verdict.Inconclusive)]
    [InlineData(Verdict.Supported, Verdict.Invalid, Verdict.Invalid)]
    [InlineData(Verdict.Supported, Verdict.Measured, Verdict.Supported)]
    public void Two_statistics_of_one_effect_must_agree(Verdict first, Verdict second, Verdict expected)
    {
        VerdictRule.Agree(first, second).ShouldBe(expected);
        VerdictRule.Agree(second, first).ShouldBe(expected);
    }

    [Fact]
    public void Regions_have_bounds_that_fit_and_levels_of_their_own()
    {
        Should.Throw<ArgumentException>(() => Region.Above(double.NaN));
        Should.Throw<ArgumentException>(() => Region.Inside(1, 1));
        Region.Above(0.1).IntervalLevel().ShouldBe(0.95, 1e-12);
        Region.Above(0.1).IntervalLevel(5).ShouldBe(0.99, 1e-12);
        Region.Inside(-1, 1).IntervalLevel().ShouldBe(0.90, 1e-12);
        Region.Inside(-1, 1).IntervalLevel(2).ShouldBe(0.95, 1e-12);
    }

    [Fact]
    public void A_finding_keeps_why_its_two_statistics_disagree()
    {
        Finding drop = Finding.Of(new Criterion("drop", "log-odds", Region.Above(0.5)), new Estimate(1, new Interval(0.8, 1.2, 0.95), 90));
        Finding ratio = Finding.Of(new Criterion("ratio", "ratio", Region.Below(0.9)), new Estimate(0.9, new Interval(0.8, 1.0, 0.95), 90));
        Finding both = drop.With(ratio);
        both.Verdict.ShouldBe(Verdict.Inconclusive);
        both.Note.ShouldBe("drop is Supported, ratio is Inconclusive");
        both.Beside.ShouldBe(ratio);
    }
}
