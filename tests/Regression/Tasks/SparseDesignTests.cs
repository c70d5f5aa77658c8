using FsCheck.Xunit;
using MWork.Probes.Randomness;
using MWork.Probes.Tasks;
using Shouldly;

namespace MWork.Regression.Tasks;

public sealed class SparseDesignTests
{
    [Property]
    public void Every_draw_gets_as_many_facts_and_facts_serve_equally_often_up_to_one(byte draws, byte facts, byte perDraw, ulong seed)
    {
        (int d, int f, int p) = (1 + (draws % 40), 1 + (facts % 30), 1 + (perDraw % 8));
        int[][] design = SparseDesign.Balanced(d, f, p, new CounterRandom(seed));
        design.Length.ShouldBe(d);
        design.ShouldAllBe(chosen => chosen.Length == Math.Min(p, f) && chosen.Distinct().Count() == chosen.Length);
        int[] used = [.. Enumerable.Range(0, f).Select(fact => design.Count(chosen => chosen.Contains(fact)))];
        (used.Max() - used.Min()).ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public void It_follows_from_the_seed_and_chance_mixes_the_facts()
    {
        int[][] design = SparseDesign.Balanced(20, 12, 3, new CounterRandom(1));
        SparseDesign.Balanced(20, 12, 3, new CounterRandom(1)).ShouldBe(design);
        SparseDesign.Balanced(20, 12, 3, new CounterRandom(2)).ShouldNotBe(design);
        SparseDesign.Balanced(8, 12, 3, new CounterRandom(1)).ShouldBe(design[..8]);
        design.Select(chosen => string.Join(' ', chosen)).Distinct().Count().ShouldBeGreaterThan(10);
    }
}
