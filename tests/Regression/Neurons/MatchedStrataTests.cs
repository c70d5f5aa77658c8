using MWork.Probes.Neurons;
using MWork.Probes.Randomness;
using Shouldly;

namespace MWork.Regression.Neurons;

/// <summary>Controls in strata that can be counted by hand: with the index as importance, a decile of a hundred neurons is a row of ten.</summary>
public sealed class MatchedStrataTests
{
    private static readonly NeuronSet s_all = new(
        from layer in Enumerable.Range(0, 2)
        from matrix in (NeuronMatrix[])[NeuronMatrix.Ffn, NeuronMatrix.Value]
        from index in Enumerable.Range(0, 100)
        select new Neuron(layer, matrix, index));

    private static readonly NeuronSet s_real = new(
        [new(0, NeuronMatrix.Ffn, 5), new(0, NeuronMatrix.Ffn, 47), new(0, NeuronMatrix.Ffn, 48), new(1, NeuronMatrix.Value, 90)]);

    private readonly MatchedControls _controls = new(s_real, s_all, neuron => neuron.Index);

    [Fact]
    public void A_draw_has_as_many_neurons_of_every_stratum_and_none_of_the_real_ones()
    {
        NeuronSet[] draws = _controls.Draw(40, new CounterRandom(7));
        draws.ShouldAllBe(draw => draw.Select(neuron => new Neuron(neuron.Layer, neuron.Matrix, neuron.Index / 10)).SequenceEqual(
            new Neuron[] { new(0, NeuronMatrix.Ffn, 0), new(0, NeuronMatrix.Ffn, 4), new(0, NeuronMatrix.Ffn, 4), new(1, NeuronMatrix.Value, 9) }));
        draws.ShouldAllBe(draw => !draw.Overlaps(s_real));
    }

    [Fact]
    public void Control_sets_are_counted_stratum_by_stratum()
    {
        // Nine others in the first and the last row; two of the eight others in the middle one.
        _controls.PossibleSets.ShouldBe(9 * 28 * 9);
        _controls.Unmatched.ShouldBe(0);
        _controls.Lacks(9 * 28 * 9).ShouldBeNull();
        _controls.Lacks((9 * 28 * 9) + 1).ShouldBe("only 2268 different control sets for 2269 draws");
    }

    [Fact]
    public void One_stratum_without_a_match_is_enough_for_no_set_at_all()
    {
        var row = new NeuronSet(Enumerable.Range(90, 10).Select(index => new Neuron(1, NeuronMatrix.Value, index)));
        var controls = new MatchedControls(s_real.Union(row), s_all, neuron => neuron.Index);
        controls.Unmatched.ShouldBe(10);
        controls.PossibleSets.ShouldBe(0);
        controls.Lacks(2).ShouldBe("10 of 13 neurons have no control of the same layer, matrix and importance");
    }

    [Fact]
    public void What_lacks_a_match_adds_up_over_strata()
    {
        var rows = new NeuronSet(
            from layer in Enumerable.Range(0, 2) from index in Enumerable.Range(20, 10) select new Neuron(layer, NeuronMatrix.Ffn, index));
        new MatchedControls(rows, s_all, neuron => neuron.Index).Unmatched.ShouldBe(20);
    }

    /// <summary>Infinitely many sets in one stratum, as far as a double can count, are none where another has no match.</summary>
    [Fact]
    public void More_sets_than_can_be_counted_do_not_make_up_for_a_missing_match()
    {
        NeuronSet large = new(Enumerable.Range(0, 3000).Select(index => new Neuron(0, NeuronMatrix.Ffn, index)));
        NeuronSet real = new(large.Take(1000));
        var alone = new Neuron(1, NeuronMatrix.Ffn, 0);
        new MatchedControls(real, large, _ => 0).PossibleSets.ShouldBe(double.PositiveInfinity);
        new MatchedControls(real.Union(new NeuronSet([alone])), large, _ => 0).PossibleSets.ShouldBe(0);
    }

    [Fact]
    public void One_importance_that_is_no_number_is_enough_to_be_refused_by_name() => Should.Throw<ArgumentException>(
        () => new MatchedControls(s_real, s_all, neuron => neuron.Index == 17 ? double.NaN : neuron.Index)).Message.ShouldContain("Index = 17");

    [Fact]
    public void Another_language_s_set_of_the_same_size_is_taken_whole()
    {
        NeuronSet other = new(Enumerable.Range(60, 4).Select(index => new Neuron(0, NeuronMatrix.Ffn, index)));
        MatchedControls.OtherLanguage(s_real, other, neuron => neuron.Index).ShouldBe(other);
    }
}
