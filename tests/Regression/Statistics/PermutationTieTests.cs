using FsCheck;
using FsCheck.Xunit;
using MWork.Probes.Randomness;
using MWork.Probes.Statistics;
using Shouldly;

namespace MWork.Regression.Statistics;

/// <summary>What counts as equal to the observed statistic: what lies within 1e-12 of the data's scale, which rounding can bring about.</summary>
public sealed class PermutationTieTests
{
    private const int Many = 8_000;

    // The observed split of six is the largest of 20; exchanging 1 + gap for 1 gives the next, two thirds of the gap below. The scale is 6 · ⅔.
    [Theory]
    [InlineData(4e-12, 2)]
    [InlineData(9e-12, 1)]
    public void Means_tie_within_the_tolerance_and_not_beyond_it(double gap, int splits) =>
        new Permutation(new CounterRandom(1), Many).DifferenceOfMeans([2, 2, 1 + gap], [1, 0, 0]).P.ShouldBe(splits / 20.0, 0.012);

    // All signs as observed are the largest of 16 means; turning the smallest difference gives the next. The tolerance grows with the data.
    [Theory]
    [InlineData(1, 1e-12, 2)]
    [InlineData(1, 4e-12, 1)]
    [InlineData(1000, 1e-9, 2)]
    [InlineData(1000, 4e-9, 1)]
    public void Signs_tie_within_the_tolerance_and_not_beyond_it(double size, double smallest, int signs) =>
        new Permutation(new CounterRandom(1), Many).SignFlip([size, size, size, smallest]).P.ShouldBe(signs / 16.0, 0.012);

    [Fact]
    public void Equal_values_tie_on_both_sides()
    {
        new Permutation(new CounterRandom(1), 99).SignFlip([0, 0, 0], Alternative.Less).P.ShouldBe(1);
        new Permutation(new CounterRandom(1), 99).SignFlip([0, 0, 0], Alternative.TwoSided).P.ShouldBe(1);
    }

    [Property(MaxTest = 25)]
    public void The_order_of_differences_plays_no_part(NonEmptyArray<short> values)
    {
        double[] differences = [.. values.Get.Select(value => value / 10.0)];
        var test = new Permutation(new CounterRandom(4), 200);
        test.SignFlip([.. differences.Reverse()]).ShouldBe(test.SignFlip(differences));
    }

    [Fact]
    public void Strata_change_what_is_permuted_and_not_what_was_observed()
    {
        PermutationResult result = new Permutation(new CounterRandom(1), 100).DifferenceOfMeans(
            [3, 5, 1, 10, 12, 14, 9], [true, true, false, true, false, false, true], ["r", "r", "r", "s", "s", "s", "s"]);
        result.Observed.ShouldBe(((3 + 5 + 10 + 9) / 4.0) - ((1 + 12 + 14) / 3.0), 1e-12);
        result.N.ShouldBe(7);
    }

    [Fact]
    public void Without_a_second_group_there_is_no_difference_even_where_sums_round()
    {
        // (0.1 + 0.2) + (0.3 + 0.6) and ((0.1 + 0.2) + 0.3) + 0.6 differ in their last bit: what is left for the other group is not 0.
        PermutationResult result = new Permutation(new CounterRandom(1), 100).DifferenceOfMeans(
            [0.1, 0.2, 0.3, 0.6], [true, true, true, true], ["r", "r", "s", "s"]);
        result.Observed.ShouldBe(double.NaN);
        result.P.ShouldBe(double.NaN);
    }

    [Fact]
    public void Without_items_no_statistic_is_asked_for() =>
        new Permutation(new CounterRandom(1), 100).Assignment([], _ => 5).Observed.ShouldBe(double.NaN);

    [Fact]
    public void A_draw_without_a_value_counts_as_extreme() => new Permutation(new CounterRandom(1), 999)
        .Assignment(["", "", "", ""], assigned => assigned.SequenceEqual([0, 1, 2, 3]) ? 1 : double.NaN).P.ShouldBe(1);
}
