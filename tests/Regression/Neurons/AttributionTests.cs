using MWork.Probes.Neurons;
using Shouldly;

namespace MWork.Regression.Neurons;

public sealed class AttributionTests
{
    [Fact]
    public void Completeness_is_that_of_the_worst_layer_and_the_limit_itself_is_complete()
    {
        // Sums of 0.4 − 0.2 and 0.3 + 0.08 against a change of 0.4.
        LayerAttribution half = Layer([0.4, -0.2], 0.5);
        LayerAttribution twentieth = Layer([0.3, 0.08], 0.5);
        half.CompletenessError.ShouldBe(0.5, 1e-12);
        twentieth.CompletenessError.ShouldBe(0.05, 1e-12);
        new Attribution([twentieth, half]).CompletenessError.ShouldBe(0.5, 1e-12);
        new Attribution([half, twentieth]).IsComplete.ShouldBeFalse();

        // 0.0005 of 0.01, which is the limit in its last bit.
        var atLimit = new Attribution([new LayerAttribution(0, 1, [0.0005], 0, 0, Nodes: 8)]);
        atLimit.CompletenessError.ShouldBe(KnowledgeNeurons.CompletenessLimit);
        atLimit.IsComplete.ShouldBeTrue();
    }

    [Fact]
    public void Shares_stand_by_position_and_neuron()
    {
        var layer = new LayerAttribution(0, 3, [1, 2, 3, 4, 5, 6], 0.5, 0.1, Nodes: 8);
        layer[0, 2].ShouldBe(3);
        layer[1, 0].ShouldBe(4);
        layer[1, 2].ShouldBe(6);
        layer.Of(1).ShouldBe(7);
    }

    private static LayerAttribution Layer(double[] values, double clean) => new(0, values.Length, values, clean, 0.1, Nodes: 8);
}
