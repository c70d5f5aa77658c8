using MWork.Probes.Neurons;
using Shouldly;

namespace MWork.Regression.Neurons;

public sealed class ImportantNeuronsTests
{
    private static readonly NeuronLayout s_ten = new(1, 10, 0, 0, 0, 0);

    [Fact]
    public void The_share_is_rounded_up() =>
        Important(new PlndOptions { TopShare = 0.11 }, 9, 8, 7, 6, 5, 4, 3, 2, 1, 10).ShouldBe([0, 9]);

    [Fact]
    public void A_share_that_gives_a_whole_number_is_that_number() =>
        Important(new PlndOptions { TopShare = 0.1 * 3 }, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10).ShouldBe([7, 8, 9]);

    [Fact]
    public void Ties_go_to_the_lower_index() =>
        Important(new PlndOptions { TopShare = 0.3 }, 1, 5, 5, 1, 5, 7, 5, 1, 1, 1).ShouldBe([1, 2, 5]);

    [Fact]
    public void What_changes_nothing_is_not_important() =>
        Important(new PlndOptions { TopShare = 0.5 }, 0, 0, 2, 0, 0, 1, 0, 0, 0, 0).ShouldBe([2, 5]);

    [Fact]
    public void The_released_count_takes_zeros_too() =>
        Important(new PlndOptions { Oddities = new() { TopCount = new TopCount(1, 4) } }, 0, 0, 2, 0, 0, 1, 0, 0, 0, 0)
            .ShouldBe([0, 1, 2, 5]);

    [Fact]
    public void A_count_larger_than_the_matrix_takes_all_of_it() =>
        Important(new PlndOptions { Oddities = new ReleasedOddities { TopCount = TopCount.Readme } }, new float[10])
            .Length.ShouldBe(10);

    [Fact]
    public void Every_layer_and_matrix_has_a_share_of_its_own()
    {
        var layout = new NeuronLayout(2, 2, 1, 0, 0, 3);
        float[] importances = [1, 2, /* query */ 9, /* output */ 3, 4, 5, /* layer 1 */ 2, 1, 0, 6, 5, 4];
        ImportantNeurons.Of(layout, importances, new PlndOptions { TopShare = 0.34 }).ToSet(layout).ShouldBe([
            new Neuron(0, NeuronMatrix.Ffn, 1), new Neuron(0, NeuronMatrix.Query, 0), new Neuron(0, NeuronMatrix.Output, 1),
            new Neuron(0, NeuronMatrix.Output, 2), new Neuron(1, NeuronMatrix.Ffn, 0), new Neuron(1, NeuronMatrix.Output, 0),
            new Neuron(1, NeuronMatrix.Output, 1)]);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void An_importance_that_is_no_number_is_refused(float importance) =>
        Should.Throw<ArgumentException>(() => Important(new PlndOptions(), 1, 2, 3, 4, 5, 6, 7, 8, 9, importance))
            .Message.ShouldContain("layer 0, matrix Ffn");

    [Theory]
    [InlineData(0)]
    [InlineData(1.01)]
    [InlineData(double.NaN)]
    public void A_share_outside_its_range_is_refused(double share) =>
        Should.Throw<ArgumentException>(() => new PlndOptions { TopShare = share }.Check()).Message.ShouldContain("TopShare");

    [Fact]
    public void None_are_important_where_none_are_wanted() =>
        Important(new PlndOptions { Oddities = new ReleasedOddities { TopCount = new TopCount(5, 0) } }, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10).ShouldBeEmpty();

    [Fact]
    public void All_may_count_as_important() => Should.NotThrow(() => new PlndOptions { TopShare = 1 }.Check());

    [Fact]
    public void No_matrix_at_all_is_refused() =>
        Should.Throw<ArgumentException>(() => new PlndOptions { Matrices = [] }.Check()).Message.ShouldContain("Matrices");

    private static int[] Important(PlndOptions options, params float[] importances) =>
        [.. ImportantNeurons.Of(s_ten, importances, options).Places()];
}
