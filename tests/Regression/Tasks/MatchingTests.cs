using FsCheck.Xunit;
using MWork.Probes.Tasks;
using Shouldly;

namespace MWork.Regression.Tasks;

public sealed class MatchingTests
{
    [Fact]
    public void The_same_item_is_kept_where_both_conditions_started_alike()
    {
        MatchedPairs matched = Matching.SameItem([1, 2, 3, double.NaN], [1.5, 3, 2.5, 0], 0.5);
        matched.Pairs.ShouldBe([(0, 0), (2, 2)]);
        (matched.FirstLeftOut, matched.SecondLeftOut, matched.MeanGap).ShouldBe((2, 2, 0));
    }

    [Fact]
    public void Each_item_serves_once_and_the_nearest_partner_is_taken_whatever_the_order()
    {
        Matching.Nearest([5, 1], [1.1, 4.8, 5.3], 0.5).Pairs.ShouldBe([(0, 1), (1, 0)]);
        Matching.Nearest([1, 1], [1], 0.5).ShouldSatisfyAllConditions(
            matched => matched.Pairs.ShouldBe([(0, 0)]),
            matched => matched.FirstLeftOut.ShouldBe(1),
            matched => matched.SecondLeftOut.ShouldBe(0));
    }

    [Fact]
    public void More_pairs_go_before_nearer_pairs() =>
        Matching.Nearest([0, 1], [0.9, 1.8], 1).Pairs.ShouldBe([(0, 0), (1, 1)]);

    [Fact]
    public void A_denser_list_does_not_pull_to_its_side()
    {
        double[] sparse = [.. Enumerable.Range(0, 50).Select(i => i * 1.0)];
        double[] dense = [.. Enumerable.Range(0, 500).Select(i => i * 0.1)];
        MatchedPairs matched = Matching.Nearest(sparse, dense, 0.5);
        matched.Pairs.Count.ShouldBe(50);
        matched.MeanGap.ShouldBe(0, 1e-9);
    }

    [Fact]
    public void What_is_not_finite_is_left_out()
    {
        MatchedPairs matched = Matching.Nearest([double.PositiveInfinity, double.NaN, 1], [double.NegativeInfinity, 1], double.PositiveInfinity);
        matched.Pairs.ShouldBe([(2, 1)]);
        (matched.FirstLeftOut, matched.SecondLeftOut).ShouldBe((2, 1));
        Matching.SameItem([double.PositiveInfinity], [1], double.PositiveInfinity).Pairs.ShouldBeEmpty();
        Matching.Nearest([], [1], 1).MeanGap.ShouldBe(double.NaN);
    }

    [Property(MaxTest = 200, EndSize = 12)]
    public void No_matching_has_more_pairs_or_as_many_and_nearer_ones(sbyte[] left, sbyte[] right, byte caliper)
    {
        double[] first = [.. left.Take(6).Select(value => (double)(value % 12))];
        double[] second = [.. right.Take(6).Select(value => (double)(value % 12))];
        MatchedPairs matched = Matching.Nearest(first, second, caliper % 8);
        matched.Pairs.Select(pair => pair.First).ShouldBeUnique();
        matched.Pairs.Select(pair => pair.Second).ShouldBeUnique();
        double[] distances = [.. matched.Pairs.Select(pair => Math.Abs(first[pair.First] - second[pair.Second]))];
        distances.ShouldAllBe(distance => distance <= caliper % 8);
        (int Pairs, double Distance) best = Best(first, second, caliper % 8);
        (matched.Pairs.Count, distances.Sum()).ShouldBe((best.Pairs, best.Distance));
    }

    // Tries everything: the first item of the list unmatched, or with each partner in reach.
    private static (int Pairs, double Distance) Best(double[] first, double[] second, double caliper)
    {
        if (first.Length == 0)
        {
            return (0, 0);
        }

        (int Pairs, double Distance) best = Best(first[1..], second, caliper);
        for (int j = 0; j < second.Length; j++)
        {
            double distance = Math.Abs(first[0] - second[j]);
            if (distance <= caliper)
            {
                (int pairs, double sum) = Best(first[1..], [.. second[..j], .. second[(j + 1)..]], caliper);
                (pairs, sum) = (pairs + 1, sum + distance);
                best = pairs > best.Pairs || (pairs == best.Pairs && sum < best.Distance) ? (pairs, sum) : best;
            }
        }

        return best;
    }
}
