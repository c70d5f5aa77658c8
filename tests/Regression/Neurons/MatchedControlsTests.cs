using FsCheck.Xunit;
using MWork.Probes.Neurons;
using MWork.Probes.Randomness;
using Shouldly;

namespace MWork.Regression.Neurons;

public sealed class MatchedControlsTests
{
    private static readonly NeuronSet s_all = new(
        from layer in Enumerable.Range(0, 3)
        from matrix in (NeuronMatrix[])[NeuronMatrix.Ffn, NeuronMatrix.Value]
        from index in Enumerable.Range(0, 100)
        select new Neuron(layer, matrix, index));

    [Property(MaxTest = 50)]
    public void A_draw_has_as_many_neurons_per_layer_matrix_and_decile_and_none_of_the_real_ones(ulong seed)
    {
        NeuronSet real = Sample(seed, 30);
        NeuronSet barred = Sample(seed + 1, 100).Except(real);
        var controls = new MatchedControls(real, s_all.Except(barred), Importance);
        NeuronSet[] draws = controls.Unmatched == 0 ? controls.Draw(5, new CounterRandom(seed)) : [];
        foreach (NeuronSet draw in draws)
        {
            Profile(draw, real, barred).ShouldBe(Profile(real, real, barred));
            draw.Overlaps(real).ShouldBeFalse();
            draw.Overlaps(barred).ShouldBeFalse();
        }
    }

    [Property(MaxTest = 30)]
    public void Only_the_order_of_importances_counts(ulong seed)
    {
        NeuronSet real = Sample(seed, 20);
        var controls = new MatchedControls(real, s_all, Importance);
        var rescaled = new MatchedControls(real, s_all, neuron => Math.Exp(Importance(neuron)) - (100 * neuron.Layer));
        rescaled.Draw(3, new CounterRandom(seed)).ShouldBe(controls.Draw(3, new CounterRandom(seed)));
    }

    [Fact]
    public void Draws_follow_from_the_seed_and_a_longer_list_begins_with_the_shorter()
    {
        var controls = new MatchedControls(Sample(1, 20), s_all, Importance);
        NeuronSet[] draws = controls.Draw(10, new CounterRandom(1));
        draws.Distinct().Count().ShouldBe(10);
        controls.Draw(4, new CounterRandom(1)).ShouldBe(draws[..4]);
        controls.Draw(10, new CounterRandom(2)).ShouldNotBe(draws);
    }

    [Fact]
    public void Every_possible_neuron_is_drawn_about_equally_often()
    {
        // Of 99 neurons the last nine are the top decile: the real one and eight others.
        var real = new NeuronSet([new Neuron(0, NeuronMatrix.Ffn, 99)]);
        NeuronSet eligible = s_all.Except(new NeuronSet([new Neuron(0, NeuronMatrix.Ffn, 98)]));
        var controls = new MatchedControls(real, eligible, neuron => neuron.Index);
        controls.PossibleSets.ShouldBe(8);
        int[] drawn = [.. controls.Draw(900, new CounterRandom(5)).Select(set => set.Single().Index)];
        drawn.Distinct().Order().ShouldBe([90, 91, 92, 93, 94, 95, 96, 97]);
        drawn.GroupBy(index => index).ShouldAllBe(group => group.Count() > 75 && group.Count() < 150);
    }

    [Fact]
    public void Too_few_matches_are_reported_and_never_made_up()
    {
        // All ten of the top decile are real.
        var real = new NeuronSet(Enumerable.Range(90, 10).Select(index => new Neuron(0, NeuronMatrix.Ffn, index)));
        var controls = new MatchedControls(real, s_all, neuron => neuron.Index);
        controls.Unmatched.ShouldBe(10);
        controls.PossibleSets.ShouldBe(0);
        controls.Lacks(1).ShouldBe("10 of 10 neurons have no control of the same layer, matrix and importance");
        Should.Throw<InvalidOperationException>(() => controls.Draw(1, new CounterRandom(1)));
        var few = new MatchedControls(new NeuronSet(real.Take(9)), s_all, neuron => neuron.Index);
        few.Unmatched.ShouldBe(8);
        var five = new MatchedControls(new NeuronSet(real.Take(5)), s_all, neuron => neuron.Index);
        five.Lacks(1).ShouldBeNull();
        five.Lacks(2).ShouldBe("only 1 different control sets for 2 draws");
    }

    [Fact]
    public void Equal_importances_share_a_decile()
    {
        var real = new NeuronSet([new Neuron(0, NeuronMatrix.Ffn, 0)]);
        new MatchedControls(real, s_all, _ => 1).PossibleSets.ShouldBe(99);
        Should.Throw<ArgumentException>(() => new MatchedControls(real, s_all, _ => double.NaN));
    }

    [Fact]
    public void Another_languages_set_is_cut_by_importance_to_the_same_count()
    {
        NeuronSet real = Sample(1, 3);
        NeuronSet other = new(s_all.InLayers([1]).Ffn.Take(10));
        MatchedControls.OtherLanguage(real, other, neuron => neuron.Index % 7)!.Select(neuron => neuron.Index).ShouldBe([4, 5, 6]);
        MatchedControls.OtherLanguage(real, other, _ => 0)!.Select(neuron => neuron.Index).ShouldBe([0, 1, 2]);
        MatchedControls.OtherLanguage(other, real, _ => 0).ShouldBeNull();
    }

    private static NeuronSet Sample(ulong seed, int count)
    {
        Neuron[] all = [.. s_all];
        return new NeuronSet(new CounterRandom(seed).Sample(all.Length, count).Select(i => all[i]));
    }

    // Distinct within a layer and matrix, in an order that is not that of the indices.
    private static double Importance(Neuron neuron) => (neuron.Index * 37 % 101) + (neuron.Layer * 0.25);

    private static string[] Profile(NeuronSet set, NeuronSet real, NeuronSet barred) => [.. set
        .Select(neuron =>
        {
            Neuron[] peers = [.. s_all.Where(other => other.Layer == neuron.Layer && other.Matrix == neuron.Matrix
                && (real.Contains(other) || !barred.Contains(other)))];
            int below = peers.Count(other => Importance(other) < Importance(neuron));
            return $"{neuron.Layer} {neuron.Matrix} {10 * below / peers.Length}";
        })
        .Order(StringComparer.Ordinal)];
}
