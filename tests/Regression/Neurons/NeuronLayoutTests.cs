using MWork.Probes.Neurons;
using MWork.Regression.Models;
using Shouldly;

namespace MWork.Regression.Neurons;

public sealed class NeuronLayoutTests
{
    private static readonly NeuronLayout s_layout = NeuronLayout.Of(TinyModel.Config);

    [Fact]
    public void Sizes_are_the_model_s()
    {
        Enum.GetValues<NeuronMatrix>().Select(s_layout.Size).ShouldBe([40, 24, 12, 12, 24]);
        s_layout.Count.ShouldBe(3 * 112);
        s_layout.Offset(2, NeuronMatrix.Value).ShouldBe((2 * 112) + 76);
        s_layout.ToString().ShouldBe("3 layers of Ffn 40, Query 24, Key 12, Value 12, Output 24");
    }

    [Fact]
    public void Places_are_in_the_order_of_neurons_and_lead_back()
    {
        Neuron[] neurons = [.. Enumerable.Range(0, s_layout.Count).Select(place => s_layout[place])];
        neurons.ShouldBe(neurons.Order().Distinct());
        neurons.Select(s_layout.PlaceOf).ShouldBe(Enumerable.Range(0, s_layout.Count));
        neurons.GroupBy(neuron => (neuron.Layer, neuron.Matrix)).Select(group => group.Key).ShouldBe(s_layout.Blocks);
    }

    [Fact]
    public void Places_skip_what_was_left_out()
    {
        NeuronLayout some = NeuronLayout.Of(TinyModel.Config, [NeuronMatrix.Value, NeuronMatrix.Ffn]);
        some.Count.ShouldBe(3 * 52);
        some[40].ShouldBe(new Neuron(0, NeuronMatrix.Value, 0));
        some[51].ShouldBe(new Neuron(0, NeuronMatrix.Value, 11));
        some[52].ShouldBe(new Neuron(1, NeuronMatrix.Ffn, 0));
        some.Blocks.Count().ShouldBe(6);
        NeuronLayout.Of(TinyModel.Config, [NeuronMatrix.Output])[0].ShouldBe(new Neuron(0, NeuronMatrix.Output, 0));
    }

    [Theory]
    [InlineData(3, NeuronMatrix.Ffn, 0)]
    [InlineData(-1, NeuronMatrix.Ffn, 0)]
    [InlineData(0, NeuronMatrix.Key, 12)]
    [InlineData(0, NeuronMatrix.Query, -1)]
    public void A_neuron_that_the_model_lacks_has_no_place(int layer, NeuronMatrix matrix, int index)
    {
        s_layout.Contains(new Neuron(layer, matrix, index)).ShouldBeFalse();
        Should.Throw<ArgumentOutOfRangeException>(() => s_layout.PlaceOf(new Neuron(layer, matrix, index)));
    }

    [Fact]
    public void A_place_that_there_is_not_is_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => s_layout[-1]);
        Should.Throw<ArgumentOutOfRangeException>(() => s_layout[s_layout.Count]);
        Should.Throw<ArgumentOutOfRangeException>(() => new NeuronLayout(1, 1, 2, 3));
        Should.Throw<ArgumentOutOfRangeException>(() => new NeuronLayout(1, 1, 2, 3, 4, -5));
        Should.Throw<ArgumentOutOfRangeException>(() => new NeuronLayout(-1, 1, 2, 3, 4, 5));
    }

    [Fact]
    public void Equality_is_by_size()
    {
        NeuronLayout.Of(TinyModel.Config).ShouldBe(s_layout);
        NeuronLayout.Of(TinyModel.Config).GetHashCode().ShouldBe(s_layout.GetHashCode());
        s_layout.Equals(new NeuronLayout(3, 40, 24, 12, 12, 24)).ShouldBeTrue();
        s_layout.Equals(new NeuronLayout(2, 40, 24, 12, 12, 24)).ShouldBeFalse();
        s_layout.Equals(new NeuronLayout(3, 24, 40, 12, 12, 24)).ShouldBeFalse();
        s_layout.Equals(null).ShouldBeFalse();
    }
}
