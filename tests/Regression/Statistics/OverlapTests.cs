using FsCheck;
using FsCheck.Xunit;
using MWork.Probes.Statistics;
using Shouldly;

namespace MWork.Regression.Statistics;

public sealed class OverlapTests
{
    // Exact integer arithmetic in Python (math.comb); R: phyper(2, 7, 13, 12, lower.tail = FALSE) is the first.
    [Theory]
    [InlineData(3, 20, 7, 12, 0.9478844169246646)]
    [InlineData(10, 20, 10, 12, 0.00035722791140747797)]
    [InlineData(60, 10_000, 200, 300, 2.1385369945570296e-44)]
    public void The_tail_matches_exact_arithmetic(int shared, int population, int a, int b, double expected) =>
        (Overlap.HypergeometricTail(shared, population, a, b) / expected).ShouldBe(1, 1e-9);

    [Fact]
    public void The_tail_is_whole_at_its_start_and_empty_beyond_its_end()
    {
        Overlap.HypergeometricTail(0, 10, 4, 4).ShouldBe(1);
        Overlap.HypergeometricTail(5, 10, 4, 6).ShouldBe(0);
        Overlap.HypergeometricTail(4, 10, 7, 7).ShouldBe(1);
        Should.Throw<ArgumentException>(() => Overlap.HypergeometricTail(1, 10, 11, 3));
    }

    [Fact]
    public void Set_measures()
    {
        Overlap.Jaccard(Set(1, 2, 3), Set(2, 3, 4)).ShouldBe(0.5);
        Overlap.Coefficient(Set(1, 2), Set(1, 2, 3, 4)).ShouldBe(1);
        Overlap.Jaccard(Set(), Set()).ShouldBe(double.NaN);
        Overlap.Expected(100, 10, 30).ShouldBe(3);
    }

    [Property]
    public void Jaccard_is_symmetric_and_1_only_for_equals(int[] a, int[] b)
    {
        double similarity = Overlap.Jaccard(Set(a), Set(b));
        Overlap.Jaccard(Set(b), Set(a)).ShouldBe(similarity);
        if (a.Length + b.Length > 0)
            (similarity == 1).ShouldBe(Set(a).SetEquals(Set(b)));
    }

    private static HashSet<int> Set(params int[] members) => [.. members];
}
