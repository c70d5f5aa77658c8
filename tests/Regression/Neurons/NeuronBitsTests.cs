using FsCheck;
using FsCheck.Xunit;
using MWork.Probes.Neurons;
using Shouldly;

namespace MWork.Regression.Neurons;

public sealed class NeuronBitsTests
{
    private const int Size = 200;

    [Property]
    public void Bits_are_a_set(byte[] first, byte[] second)
    {
        (HashSet<int> a, HashSet<int> b) = (Set(first), Set(second));
        (NeuronBits x, NeuronBits y) = (NeuronBits.Of(Size, a), NeuronBits.Of(Size, b));
        x.Count.ShouldBe(a.Count);
        x.Places().ShouldBe(a.Order());
        Enumerable.Range(0, Size).ShouldAllBe(place => x[place] == a.Contains(place));
        NeuronBits.All([x, y]).Places().ShouldBe(a.Intersect(b).Order());
        NeuronBits.Any([x, y]).Places().ShouldBe(a.Union(b).Order());
        x.Except(y).Places().ShouldBe(a.Except(b).Order());
        x.Places().ShouldBe(a.Order(), "and none of it changed what it was made from");
    }

    [Property]
    public void Bytes_lead_back(byte[] places) =>
        NeuronBits.FromBytes(Size, NeuronBits.Of(Size, Set(places)).ToBytes())!.Places().ShouldBe(Set(places).Order());

    [Fact]
    public void A_place_named_twice_is_set_once() => NeuronBits.Of(Size, [3, 70, 3]).Places().ShouldBe([3, 70]);

    [Fact]
    public void Bytes_are_eight_places_each_the_first_one_lowest()
    {
        NeuronBits.Of(11, [0, 3, 8, 10]).ToBytes().ShouldBe([0b1001, 0b101]);
        NeuronBits.FromBytes(11, [0b1001, 0b101])!.Places().ShouldBe([0, 3, 8, 10]);
        NeuronBits.FromBytes(11, [0b1001, 0b1000]).ShouldBeNull();
        NeuronBits.FromBytes(11, [0b1001]).ShouldBeNull();
        NeuronBits.FromBytes(11, [0, 0, 0]).ShouldBeNull();
        NeuronBits.FromBytes(8, [0xFF])!.Count.ShouldBe(8);
    }

    [Fact]
    public void Sets_of_different_models_do_not_combine()
    {
        Should.Throw<ArgumentException>(() => NeuronBits.All([NeuronBits.Of(3, []), NeuronBits.Of(4, [])]));
        Should.Throw<ArgumentException>(() => NeuronBits.Any([]));
        Should.Throw<ArgumentOutOfRangeException>(() => NeuronBits.Of(3, [3]));
        Should.Throw<ArgumentOutOfRangeException>(() => NeuronBits.Of(3, [-1]));
        Should.Throw<ArgumentOutOfRangeException>(() => NeuronBits.Of(3, []).ToSet(new NeuronLayout(1, 4, 0, 0, 0, 0)));
    }

    [Fact]
    public void Neurons_become_bits_and_back()
    {
        var layout = new NeuronLayout(2, 3, 0, 0, 0, 2);
        var set = new NeuronSet([new Neuron(1, NeuronMatrix.Output, 1), new Neuron(0, NeuronMatrix.Ffn, 2)]);
        NeuronBits.Of(layout, set).Places().ShouldBe([2, 9]);
        NeuronBits.Of(layout, set).ToSet(layout).ShouldBe(set);
    }

    private static HashSet<int> Set(byte[] places) => [.. places.Select(place => place % Size)];
}
