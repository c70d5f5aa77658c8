using MWork.Probes.Neurons;
using MWork.Probes.Randomness;
using Shouldly;

namespace MWork.Regression.Neurons;

/// <summary>Pairs and blocks whose null is one number: a set that is all of its block is what any draw of its size is.</summary>
public sealed class StabilityBlocksTests
{
    private static readonly NeuronSet s_lower = new([new(0, NeuronMatrix.Ffn, 0), new(0, NeuronMatrix.Ffn, 1)]);
    private static readonly NeuronSet s_both = s_lower.Union(new NeuronSet([new(1, NeuronMatrix.Ffn, 0), new(1, NeuronMatrix.Ffn, 1)]));

    private readonly NeuronLayout _layout = new(2, 2, 0, 0, 0, 0);

    [Fact]
    public void Hits_of_all_blocks_add_up()
    {
        Stability stability = Stability.Of(s_both, s_both, _layout, new CounterRandom(1), 9);
        (stability.Shared, stability.Jaccard, stability.NullMean, stability.PValue).ShouldBe((4, 1, 1, 1));
    }

    [Fact]
    public void What_several_pairs_share_adds_up()
    {
        Stability stability = Stability.Of([(s_both, s_both), (s_lower, s_both)], _layout, new CounterRandom(1), 9);
        (stability.First, stability.Second, stability.Shared).ShouldBe((6, 8, 6));
        stability.Jaccard.ShouldBe(6.0 / 8);
        stability.NullMean.ShouldBe(6.0 / 8, 1e-12);
    }

    [Fact]
    public void Without_draws_there_is_no_null() =>
        Should.Throw<ArgumentOutOfRangeException>(() => Stability.Of(s_lower, s_both, _layout, new CounterRandom(1), 0));

    [Fact]
    public void Without_documents_there_is_no_draw() => Should.Throw<ArgumentOutOfRangeException>(
        () => SyntheticCounts.Important(3, ("en", [0]), ("en", [1])).Draw(0, new CounterRandom(1)));
}
