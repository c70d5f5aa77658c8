using FsCheck;
using FsCheck.Xunit;
using MWork.Probes.Randomness;
using MWork.Probes.Statistics;
using Shouldly;

namespace MWork.Regression.Statistics;

public sealed class PermutationTests
{
    // Exact p by enumeration in Python; 40 000 draws put a drawn p within 5·√(p(1−p)/40 000) of it.
    private const int Many = 39_999;

    [Fact]
    public void Drawn_permutations_approach_all_of_them()
    {
        // 12 of the 462 splits are at least as extreme.
        PermutationResult result = Test().DifferenceOfMeans([14, 17, 12, 19, 15, 18], [11, 13, 10, 16, 9]);
        result.Observed.ShouldBe(4.033333333333333, 1e-12);
        result.P.ShouldBe(12.0 / 462, 0.004);
        result.NullMean.ShouldBe(0, 0.1);
        Test().DifferenceOfMeans([11, 13, 10, 16, 9], [14, 17, 12, 19, 15, 18], Alternative.Less).P.ShouldBe(12.0 / 462, 0.004);
    }

    [Fact]
    public void Sign_flips_give_Fisher_s_answer_for_Darwin_s_maize()
    {
        // Fisher (1935), The Design of Experiments, section 21: 863 of 32 768 are at least as large.
        double[] maize = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];
        Test().SignFlip(maize).P.ShouldBe(863.0 / 32_768, 0.004);
        Test().SignFlip(maize, Alternative.TwoSided).P.ShouldBe(1726.0 / 32_768, 0.008);
    }

    [Fact]
    public void Labels_stay_within_their_strata()
    {
        // 11 of the 6 · 6 splits; across strata it would be another number.
        string[] strata = ["r", "r", "r", "r", "s", "s", "s", "s"];
        bool[] first = [true, true, false, false, true, true, false, false];
        Test().DifferenceOfMeans([3, 5, 1, 2, 10, 12, 9, 14], first, strata).P.ShouldBe(11.0 / 36, 0.012);
    }

    [Fact]
    public void Strata_keep_a_difference_between_relations_from_passing_for_an_effect()
    {
        // Every value is that of its relation; only how the labels fall on relations differs.
        string[] strata = [.. Enumerable.Repeat("easy", 20), .. Enumerable.Repeat("hard", 20)];
        double[] values = [.. strata.Select((relation, i) => (relation == "easy" ? 5.0 : 0.0) + (i % 3))];
        bool[] first = [.. Enumerable.Range(0, 40).Select(i => i % 20 < (i < 20 ? 15 : 5))];
        Test().DifferenceOfMeans(values, first, strata).P.ShouldBeGreaterThan(0.1);
        Test().DifferenceOfMeans(values, first, [.. Enumerable.Repeat("", 40)]).P.ShouldBeLessThan(0.01);
    }

    [Fact]
    public void Assignments_are_permuted_within_strata()
    {
        // How many of 3 + 3 items keep their partner: 1 + 1 on average (Montmort), all six once in 36.
        PermutationResult result = Test().Assignment(["r", "r", "r", "s", "s", "s"], assigned =>
        {
            int kept = 0;
            for (int i = 0; i < assigned.Length; i++)
                kept += assigned[i] == i ? 1 : 0;
            return kept;
        });
        result.Observed.ShouldBe(6);
        result.NullMean.ShouldBe(2, 0.05);
        result.P.ShouldBe(1.0 / 36, 0.005);
    }

    [Fact]
    public void P_counts_the_data_themselves_and_is_never_0()
    {
        new Permutation(new CounterRandom(1), 99).SignFlip([.. Enumerable.Repeat(1.0, 60)]).P.ShouldBe(0.01, 1e-12);
        new Permutation(new CounterRandom(1), 99).SignFlip([0, 0, 0]).P.ShouldBe(1);
    }

    [Fact]
    public void Sums_that_differ_in_their_last_bit_are_ties()
    {
        double[] tenths = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
        double p = new Permutation(new CounterRandom(1), 20_000).DifferenceOfMeans([.. tenths[..3]], [.. tenths[3..]]).P;
        p.ShouldBe(1);
    }

    [Fact]
    public void Degenerate_data_say_so()
    {
        Test().DifferenceOfMeans([], [1, 2]).P.ShouldBe(double.NaN);
        Test().SignFlip([]).P.ShouldBe(double.NaN);
        Test().SignFlip([1, double.NaN]).P.ShouldBe(double.NaN);
        Should.Throw<ArgumentException>(() => Test().DifferenceOfMeans([1, 2], [true], ["a", "b"]));
    }

    [Property(MaxTest = 25)]
    public void Neither_the_order_nor_what_else_was_drawn_plays_a_part(NonEmptyArray<short> first, NonEmptyArray<short> second)
    {
        var random = new CounterRandom(4);
        double[] a = [.. first.Get.Select(value => (double)value)];
        double[] b = [.. second.Get.Select(value => (double)value)];
        PermutationResult result = new Permutation(random, 200).DifferenceOfMeans(a, b);
        random.NextUInt32();
        new Permutation(random, 200).DifferenceOfMeans([.. a.Reverse()], [.. b.Reverse()]).ShouldBe(result);
    }

    [Fact]
    public void P_is_uniform_where_nothing_is_the_matter()
    {
        var random = new CounterRandom(8, "null");
        double[] p = Enumerable.Range(0, 1000).Select(i =>
        {
            CounterRandom chance = random.Fork(i);
            return new Permutation(chance, 199).DifferenceOfMeans(Draws.Normal(chance, 12), Draws.Normal(chance, 9)).P;
        }).Order().ToArray();

        // Kolmogorov–Smirnov at 0.1 %: 1.95/√n, plus the grid of 1/200.
        p.Select((value, i) => Math.Abs(value - ((i + 0.5) / p.Length))).Max().ShouldBeLessThan(0.0617 + 0.005);

        // A test may not be liberal: at 5 %, four standard deviations of a binomial.
        p.Count(value => value <= 0.05).ShouldBeLessThan(50 + 28);
    }

    private static Permutation Test() => new(new CounterRandom(1), Many);
}
