using MWork.Probes.Neurons;
using MWork.Probes.Randomness;
using MWork.Probes.Statistics;
using Shouldly;

namespace MWork.Regression.Neurons;

public sealed class StabilityTests
{
    private static readonly NeuronLayout s_hundred = new(1, 100, 0, 0, 0, 0);

    [Fact]
    public void Equal_sets_are_far_above_their_null()
    {
        NeuronSet set = SyntheticCounts.Ffn([.. Enumerable.Range(0, 20)]);
        Stability stability = Stability.Of(set, set, s_hundred, new CounterRandom(1));
        (stability.First, stability.Second, stability.Shared, stability.Jaccard).ShouldBe((20, 20, 20, 1));
        stability.PValue.ShouldBe(0.001);
        stability.NullHigh.ShouldBeLessThan(0.3);
    }

    [Fact]
    public void Disjoint_sets_are_not()
    {
        Stability stability = Stability.Of(
            SyntheticCounts.Ffn([.. Enumerable.Range(0, 20)]),
            SyntheticCounts.Ffn([.. Enumerable.Range(20, 30)]),
            s_hundred,
            new CounterRandom(1),
            draws: 199);
        (stability.First, stability.Second, stability.Shared, stability.Jaccard, stability.PValue).ShouldBe((20, 30, 0, 0, 1));
    }

    [Fact]
    public void The_null_is_hypergeometric()
    {
        // 20 and 30 of 100 share h with the hypergeometric probability; Σ P(h) h / (50 − h) is the mean, and P(h ≤ 9) is 96.9 %.
        Stability[] seeds = [.. Enumerable.Range(1, 8).Select(seed => Stability.Of(
            SyntheticCounts.Ffn([.. Enumerable.Range(0, 20)]), SyntheticCounts.Ffn([.. Enumerable.Range(10, 30)]), s_hundred,
            new CounterRandom((ulong)seed), 5000))];
        seeds.ShouldAllBe(stability => stability.Jaccard == 10.0 / 40 && stability.NullHigh == 10.0 / 40);
        seeds.Average(stability => stability.PValue)
            .ShouldBe(Overlap.HypergeometricTail(10, 100, 20, 30), 0.0035); // 4 standard errors
        seeds.Average(stability => stability.NullMean).ShouldBe(0.138377, 0.001); // 4 standard errors
    }

    /// <summary>Neurons shared over neurons in either, not a mean of indices: a language with two neurons does not weigh as much as one with two hundred.</summary>
    [Fact]
    public void Pairs_are_counted_together()
    {
        NeuronSet large = SyntheticCounts.Ffn([.. Enumerable.Range(0, 18)]);
        NeuronSet small = SyntheticCounts.Ffn([50]);
        var pooled = Stability.Of([(large, large), (small, SyntheticCounts.Ffn([51]))], s_hundred, new CounterRandom(1), draws: 199);
        (pooled.First, pooled.Second, pooled.Shared, pooled.Jaccard).ShouldBe((19, 19, 18, 18.0 / 20));
        pooled.PValue.ShouldBe(1.0 / 200);
        pooled.NullMean.ShouldBeInRange(0.05, 0.15);
    }

    [Fact]
    public void Sets_keep_their_size_in_every_layer_and_matrix()
    {
        // All of a small matrix: random sets of that size there are the same set.
        var layout = new NeuronLayout(2, 2, 0, 0, 0, 50);
        NeuronSet set = new([new Neuron(0, NeuronMatrix.Ffn, 0), new Neuron(0, NeuronMatrix.Ffn, 1)]);
        Stability stability = Stability.Of(set, set, layout, new CounterRandom(1), 99);
        (stability.NullMean, stability.NullHigh, stability.PValue).ShouldBe((1, 1, 1));
        NeuronSet elsewhere = new([new Neuron(1, NeuronMatrix.Ffn, 0), new Neuron(0, NeuronMatrix.Output, 1)]);
        Stability.Of(set, elsewhere, layout, new CounterRandom(1), 99).NullMean.ShouldBe(0);
    }

    [Fact]
    public void Two_empty_sets_say_nothing()
    {
        Stability stability = Stability.Of(NeuronSet.Empty, NeuronSet.Empty, s_hundred, new CounterRandom(1), 9);
        stability.Jaccard.ShouldBe(double.NaN);
        stability.PValue.ShouldBe(double.NaN);
        Stability.Of(NeuronSet.Empty, SyntheticCounts.Ffn(1), s_hundred, new CounterRandom(1), 9).PValue.ShouldBe(1);
    }

    [Fact]
    public void A_neuron_outside_the_layout_is_refused() => Should.Throw<ArgumentException>(
        () => Stability.Of(SyntheticCounts.Ffn(100), SyntheticCounts.Ffn(1), s_hundred, new CounterRandom(1)))
        .Message.ShouldContain("Index = 100");

    [Fact]
    public void Halves_of_text_that_always_finds_the_same_agree()
    {
        PlndCounts counts = SyntheticCounts.Important(
            30, [.. Enumerable.Range(0, 16).Select(i => i % 2 == 0 ? ("en", new[] { 1, 2 }) : ("fr", new[] { 2, 5, 7, i }))]);
        IReadOnlyDictionary<string, Stability> halves = Stability.SplitHalf(counts, "en", 4, new CounterRandom(2), 999);
        halves.Keys.ShouldBe(["en", "fr"]);
        (halves["fr"].Jaccard, halves["fr"].Shared).ShouldBe((1, 2));
        halves["fr"].PValue.ShouldBeLessThan(0.02);
        (halves["en"].Jaccard, halves["en"].Shared).ShouldBe((1, 1));
    }
}
