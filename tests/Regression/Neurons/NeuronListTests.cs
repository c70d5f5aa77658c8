using MWork.Probes.Neurons;
using Shouldly;

namespace MWork.Regression.Neurons;

/// <summary>Neurons as a user types them.</summary>
public sealed class NeuronListTests
{
    private static readonly NeuronLayout s_layout = new(2, 3, 4, 2, 2, 4);

    [Fact]
    public void A_list_names_single_neurons_and_whole_layers() =>
        NeuronList.Parse(" 1.ffn.2, 0.key ,, 1.output.3", s_layout).ShouldBe(new NeuronSet(
        [
            new(1, NeuronMatrix.Ffn, 2), new(0, NeuronMatrix.Key, 0), new(0, NeuronMatrix.Key, 1), new(1, NeuronMatrix.Output, 3),
        ]));

    [Theory]
    [InlineData("ffn", "'ffn' is no neuron")]
    [InlineData("1.ffn.2.3", "'1.ffn.2.3' is no neuron")]
    [InlineData("x.ffn.2", "'x.ffn.2' is no neuron")]
    [InlineData("-1.ffn", "'-1.ffn' is no neuron")]
    [InlineData("1.gate.2", "'1.gate.2' is no neuron")]
    [InlineData("2.ffn", "There is no neuron '2.ffn'; the model has layers 0 to 1 with ffn neurons 0 to 2.")]
    [InlineData("1.ffn.3", "There is no neuron '1.ffn.3'; the model has layers 0 to 1 with ffn neurons 0 to 2.")]
    [InlineData("1.key.x", "There is no neuron '1.key.x'; the model has layers 0 to 1 with key neurons 0 to 1.")]
    [InlineData("2.key.0", "There is no neuron '2.key.0'")]
    [InlineData("0.ffn.1,3.ffn", "There is no neuron '3.ffn'")]
    public void What_is_no_neuron_is_named(string list, string sentence) =>
        Should.Throw<ArgumentException>(() => NeuronList.Parse(list, s_layout)).Message.ShouldStartWith(sentence);

    [Fact]
    public void Names_of_matrices_lead_back()
    {
        foreach (NeuronMatrix matrix in Enum.GetValues<NeuronMatrix>())
        {
            NeuronList.Matrix(NeuronList.Name(matrix)).ShouldBe(matrix);
        }

        NeuronList.Matrix("Ffn").ShouldBeNull();
    }
}
