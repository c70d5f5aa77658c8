using MWork.Probes.Neurons;
using MWork.Probes.Randomness;
using Shouldly;

namespace MWork.Regression.Neurons;

public sealed class StratifiedOverlapTests
{
    // Two layers of twenty; importance is the index, so that a decile of a layer is a pair: 0 and 1, 2 and 3, up to 18 and 19.
    private static readonly NeuronSet s_population = new(
        from layer in Enumerable.Range(0, 2) from index in Enumerable.Range(0, 20) select new Neuron(layer, NeuronMatrix.Ffn, index));

    // All of the lowest pair of layer 0, half of its highest, and half of the second pair of layer 1.
    private readonly StratifiedOverlap _overlap = new(s_population, Ffn((0, 0), (0, 1), (0, 19), (1, 2)), neuron => neuron.Index);

    [Fact]
    public void The_observed_share_counts_the_labelled_and_the_expected_one_their_share_of_each_stratum()
    {
        // Labelled: (0,0) and (1,2). Shares of the strata: 1, ½ and 0 in layer 0, ½ in layer 1.
        NeuronSet set = Ffn((0, 0), (0, 18), (0, 5), (1, 2));
        _overlap.Observed(set).ShouldBe(2.0 / 4);
        _overlap.Expected(set).ShouldBe((1 + 0.5 + 0 + 0.5) / 4, 1e-15);
        _overlap.Observed(NeuronSet.Empty).ShouldBe(double.NaN);
        _overlap.Expected(NeuronSet.Empty).ShouldBe(double.NaN);
    }

    [Fact]
    public void Labels_never_leave_their_stratum()
    {
        // Whatever is drawn, the lowest pair of layer 0 is labelled, one of each half-labelled pair is, and nothing else.
        _overlap.Permuted([Ffn((0, 0), (0, 1))], 20, new CounterRandom(1)).ShouldAllBe(share => share == 1);
        _overlap.Permuted([Ffn((0, 18), (0, 19))], 20, new CounterRandom(1)).ShouldAllBe(share => share == 0.5);
        _overlap.Permuted([Ffn((1, 2), (1, 3))], 20, new CounterRandom(1)).ShouldAllBe(share => share == 0.5);
        _overlap.Permuted([Ffn((0, 2), (0, 3), (1, 0), (1, 19))], 20, new CounterRandom(1)).ShouldAllBe(share => share == 0);
    }

    [Fact]
    public void Draws_are_those_of_the_expectation_and_sets_weigh_alike()
    {
        NeuronSet one = Ffn((0, 18));
        NeuronSet three = Ffn((1, 3), (0, 5), (0, 0));
        double[] drawn = _overlap.Permuted([one, three], 4000, new CounterRandom(2));
        drawn.Length.ShouldBe(4000);

        // Of one neuron at ½ and of a third of three at ½ and 1: deviations of ½ and 1/6, halved by the mean of two sets; 4 standard errors.
        drawn.Average().ShouldBe((_overlap.Expected(one) + _overlap.Expected(three)) / 2, 4 * Math.Sqrt(0.25 + (1.0 / 36)) / 2 / Math.Sqrt(4000));
        drawn.Distinct().Order().ShouldBe([1.0 / 6, 1.0 / 3, 2.0 / 3, 5.0 / 6], 1e-12);
        _overlap.Permuted([one, three], 10, new CounterRandom(2)).ShouldBe(drawn[..10]);
        _overlap.Permuted([one, three], 10, new CounterRandom(3)).ShouldNotBe(drawn[..10]);
    }

    [Fact]
    public void Only_the_population_counts()
    {
        var outside = new StratifiedOverlap(s_population, Ffn((0, 0), (5, 0)), neuron => neuron.Index);
        outside.Observed(Ffn((5, 0), (0, 0))).ShouldBe(0.5);
        Should.Throw<KeyNotFoundException>(() => outside.Expected(Ffn((5, 0))));
    }

    private static NeuronSet Ffn(params (int Layer, int Index)[] neurons) =>
        new(neurons.Select(neuron => new Neuron(neuron.Layer, NeuronMatrix.Ffn, neuron.Index)));
}
