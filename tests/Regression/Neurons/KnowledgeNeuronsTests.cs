using FsCheck.Xunit;
using MWork.Probes.Neurons;
using Shouldly;

namespace MWork.Regression.Neurons;

public sealed class KnowledgeNeuronsTests
{
    [Fact]
    public void A_neuron_is_kept_if_it_counts_in_most_wordings()
    {
        // Above a fifth of the largest: 0 everywhere, 1 in three of four, 2 in two of four, 3 never (just a fifth).
        Attribution[] wordings = [Of(10, 3, 3, 2), Of(10, 3, 0, 2), Of(10, 3, 0, 2), Of(1, 0.1, 0.3, 0.2)];
        KnowledgeNeurons.Select(wordings).Select(neuron => neuron.Index).ShouldBe([0, 1]);
        KnowledgeNeurons.Select(wordings, ofPrompts: 0.5).Select(neuron => neuron.Index).ShouldBe([0, 1, 2]);
        KnowledgeNeurons.Select(wordings, ofPrompts: 1).Select(neuron => neuron.Index).ShouldBe([0]);
        KnowledgeNeurons.Select(wordings, ofLargest: 0.5).Select(neuron => neuron.Index).ShouldBe([0]);
    }

    [Fact]
    public void A_neuron_s_positions_add_up()
    {
        // Two positions of two neurons: 3 − 2 against 1 + 1.
        var attribution = new Attribution([new LayerAttribution(4, 2, [3, 1, -2, 1], 0.5, 0.1, Nodes: 8)]);
        attribution.Neurons.ShouldBe([(new Neuron(4, NeuronMatrix.Ffn, 0), 1), (new Neuron(4, NeuronMatrix.Ffn, 1), 2)]);
        KnowledgeNeurons.Select([attribution, attribution, attribution], ofLargest: 0.5).ShouldBe([new Neuron(4, NeuronMatrix.Ffn, 1)]);
    }

    [Fact]
    public void The_largest_is_that_of_all_layers()
    {
        var attribution = new Attribution(
            [new LayerAttribution(0, 2, [1, 0], 0.5, 0, Nodes: 8), new LayerAttribution(1, 2, [10, 3], 0.5, 0, Nodes: 8)]);
        KnowledgeNeurons.Select([attribution, attribution, attribution])
            .ShouldBe([new Neuron(1, NeuronMatrix.Ffn, 0), new Neuron(1, NeuronMatrix.Ffn, 1)]);
    }

    [Fact]
    public void Where_nothing_speaks_for_the_answer_nothing_counts() =>
        KnowledgeNeurons.Select([Of(0, -1), Of(0, -1), Of(0, 0)]).ShouldBeEmpty();

    [Fact]
    public void Fewer_than_three_wordings_do_not_select() =>
        Should.Throw<ArgumentException>(() => KnowledgeNeurons.Select([Of(1), Of(1)])).Message.ShouldContain("3 are needed");

    [Fact]
    public void A_change_next_to_nothing_is_measured_against_a_hundredth()
    {
        new LayerAttribution(0, 1, [0.3], 0.5, 0.1, Nodes: 8).CompletenessError.ShouldBe(0.25, 1e-12);
        new LayerAttribution(0, 1, [0.0005], 0.1, 0.1, Nodes: 8).CompletenessError.ShouldBe(0.05, 1e-12);
        new LayerAttribution(0, 1, [0.1], 0.1, 0.5, Nodes: 8).CompletenessError.ShouldBe(1.25, 1e-12);
    }

    [Property]
    public void Asking_for_more_keeps_fewer(byte[] values, byte ofLargest, byte ofPrompts)
    {
        Attribution[] wordings = [.. Enumerable.Range(0, 4).Select(w => Of([.. Enumerable.Range(0, 6)
            .Select(n => (double)(values.Length == 0 ? 0 : values[((w * 6) + n) % values.Length]))]))];
        (double t, double p) = (ofLargest / 512.0, ofPrompts / 512.0);
        NeuronSet kept = KnowledgeNeurons.Select(wordings, t, p);
        KnowledgeNeurons.Select(wordings, t + 0.25, p).IsSubsetOf(kept).ShouldBeTrue();
        KnowledgeNeurons.Select(wordings, t, p + 0.25).IsSubsetOf(kept).ShouldBeTrue();
        KnowledgeNeurons.Select([.. wordings.Reverse()], t, p).ShouldBe(kept);
    }

    private static Attribution Of(params double[] values) => new([new LayerAttribution(0, values.Length, values, 1, 0, Nodes: 8)]);
}
