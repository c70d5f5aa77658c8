using MWork.Probes.Randomness;

namespace MWork.Probes.Tasks;

/// <summary>Which facts score which draw of controls, when scoring all on all would take too long.</summary>
public static class SparseDesign
{
    /// <summary>
    /// Gives each draw <paramref name="perDraw"/> different facts, chance deciding, so that any two facts serve equally often up to one.
    /// The mean over such cells is the mean over all cells without bias;
    /// <see cref="Statistics.Bootstrap.TwoWayMean(IReadOnlyList{Statistics.TwoWayCell}, double)"/> gives its interval.
    /// </summary>
    /// <returns>[draw][fact], ascending; all facts for each draw where <paramref name="perDraw"/> is not below their number.</returns>
    public static int[][] Balanced(int draws, int facts, int perDraw, CounterRandom random)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perDraw);
        int[] used = new int[facts];
        return [.. Enumerable.Range(0, draws).Select(draw =>
        {
            CounterRandom chance = random.Fork("sparse design").Fork(draw);
            int[] chosen = [.. Enumerable.Range(0, facts)
                .Select(fact => (Fact: fact, Used: used[fact], Lot: chance.NextUInt64()))
                .OrderBy(fact => (fact.Used, fact.Lot))
                .Take(perDraw)
                .Select(fact => fact.Fact)
                .Order()];
            Array.ForEach(chosen, fact => used[fact]++);
            return chosen;
        })];
    }
}
