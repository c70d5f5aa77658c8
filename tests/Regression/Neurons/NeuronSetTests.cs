using FsCheck;
using FsCheck.Xunit;
using MWork.Probes.Neurons;
using Shouldly;

namespace MWork.Regression.Neurons;

public sealed class NeuronSetTests
{
    [Property]
    public void Algebra_is_that_of_sets(byte[] first, byte[] second)
    {
        (HashSet<Neuron> a, HashSet<Neuron> b) = ([.. first.Select(Of)], [.. second.Select(Of)]);
        (NeuronSet x, NeuronSet y) = (new NeuronSet(a), new NeuronSet(b));
        x.Count.ShouldBe(a.Count);
        x.ShouldBe(a.Order());
        x.Union(y).ShouldBe(a.Union(b).Order());
        x.Intersect(y).ShouldBe(a.Intersect(b).Order());
        x.Except(y).ShouldBe(a.Except(b).Order());
        x.IsSubsetOf(y).ShouldBe(a.IsSubsetOf(b));
        x.IsSupersetOf(y).ShouldBe(a.IsSupersetOf(b));
        x.IsProperSubsetOf(y).ShouldBe(a.IsProperSubsetOf(b));
        x.IsProperSupersetOf(y).ShouldBe(a.IsProperSupersetOf(b));
        x.Overlaps(y).ShouldBe(a.Overlaps(b));
        x.SetEquals(y).ShouldBe(a.SetEquals(b));
        x.Equals(y).ShouldBe(a.SetEquals(b));
        x.Equals(new NeuronSet(a.Reverse())).ShouldBeTrue();
        x.GetHashCode().ShouldBe(new NeuronSet(a.Reverse()).GetHashCode());
    }

    [Fact]
    public void Neurons_are_ordered_by_layer_matrix_and_index()
    {
        Neuron[] ordered =
        [
            new(0, NeuronMatrix.Ffn, 9),
            new(0, NeuronMatrix.Query, 1),
            new(0, NeuronMatrix.Query, 2),
            new(0, NeuronMatrix.Output, 0),
            new(1, NeuronMatrix.Ffn, 0),
        ];
        new NeuronSet(ordered.Reverse()).ShouldBe(ordered);
        (ordered[0] < ordered[1]).ShouldBeTrue();
        (ordered[1] > ordered[0]).ShouldBeTrue();
        (ordered[1] <= ordered[0]).ShouldBeFalse();
        (ordered[0] >= ordered[1]).ShouldBeFalse();
        (ordered[1] < ordered[1] || ordered[1] > ordered[1]).ShouldBeFalse();
        (ordered[1] <= ordered[1] && ordered[1] >= ordered[1]).ShouldBeTrue();
    }

    [Fact]
    public void Parts_by_layer_and_kind()
    {
        var set = new NeuronSet(
            [new Neuron(0, NeuronMatrix.Ffn, 1), new Neuron(1, NeuronMatrix.Key, 2), new Neuron(2, NeuronMatrix.Ffn, 3)]);
        set.Ffn.ShouldBe([new Neuron(0, NeuronMatrix.Ffn, 1), new Neuron(2, NeuronMatrix.Ffn, 3)]);
        set.Attention.ShouldBe([new Neuron(1, NeuronMatrix.Key, 2)]);
        set.InLayers([1, 2]).ShouldBe([new Neuron(1, NeuronMatrix.Key, 2), new Neuron(2, NeuronMatrix.Ffn, 3)]);
        set.Contains(new Neuron(1, NeuronMatrix.Key, 2)).ShouldBeTrue();
        set.Contains(new Neuron(1, NeuronMatrix.Value, 2)).ShouldBeFalse();
        NeuronSet.Empty.ShouldBeEmpty();
        set.Equals(null).ShouldBeFalse();
    }

    private static Neuron Of(byte number) => new(number % 2, (NeuronMatrix)(number / 2 % 5), number / 10);
}
