using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Neurons;
using MWork.Probes.Tensors;
using MWork.Regression.Models;
using Shouldly;

namespace MWork.Regression.Interventions;

public sealed class AblationTests : IDisposable
{
    private static readonly int[][] s_rows = [[1, 5, 9, 30, 2], [7, 7, 3], [4, 0, 11, 12, 13, 14, 15]];

    // One neuron of every matrix, in two layers.
    private static readonly NeuronSet s_neurons =
        new(Enum.GetValues<NeuronMatrix>().SelectMany(matrix => (Neuron[])[new(0, matrix, 3), new(2, matrix, 5)]));

    private readonly LanguageModel _model = TinyPrompts.Model();
    private readonly TensorScope _scope = new();

    [Fact]
    public void Neurons_at_zero_are_zero_and_no_other_is()
    {
        foreach (IGrouping<string, Neuron> site in s_neurons.GroupBy(neuron => Ablation.Site(neuron.Layer, neuron.Matrix)))
        {
            Tensor value = Run(SitePlan.None.Zero(new NeuronSet(site)).Record(site.Key))[site.Key];
            float[][] columns = Columns(value);
            int[] zero = [.. Enumerable.Range(0, columns.Length).Where(i => columns[i].All(x => x == 0))];
            zero.ShouldBe(site.Select(neuron => neuron.Index), site.Key);
        }
    }

    [Fact]
    public void Each_row_can_run_without_neurons_of_its_own()
    {
        NeuronSet[] sets = [s_neurons, NeuronSet.Empty, new(s_neurons.Take(3))];
        float[] together = Run(SitePlan.None.Zero(sets)).Logits.ToArray();
        float[] alone = [.. sets.SelectMany((set, row) => Run(SitePlan.None.Zero(set)).Logits.ToArray().Chunk(31).ElementAt(row))];
        together.ShouldBe(alone);
    }

    [Fact]
    public void The_mean_is_over_the_tokens_of_the_text_and_padding_is_none()
    {
        NeuronMeans means = new NeuronMeans(s_neurons).Add(_model, s_rows);
        means.Tokens.ShouldBe(15);
        foreach (Neuron neuron in s_neurons)
        {
            string site = Ablation.Site(neuron.Layer, neuron.Matrix);
            double sum = 0;
            foreach (int[] row in s_rows)
            {
                ForwardPass pass = _model.Decoder.Forward(_model.Ops, TokenBatch.Of([row]), SitePlan.None.Record(site));
                sum += Columns(pass[site])[neuron.Index].Sum(x => (double)x);
            }

            means[neuron].ShouldBe((float)(sum / 15), 1e-6f);
        }
    }

    [Fact]
    public void Means_over_parts_of_a_text_merge()
    {
        NeuronMeans whole = new NeuronMeans(s_neurons).Add(_model, s_rows);
        NeuronMeans parts = new NeuronMeans(s_neurons).Add(_model, s_rows[..1]);
        parts.Merge(new NeuronMeans(s_neurons).Add(_model, s_rows[1..]));
        parts.Tokens.ShouldBe(whole.Tokens);
        s_neurons.ShouldAllBe(neuron => Math.Abs(parts[neuron] - whole[neuron]) < 1e-6);
        Should.Throw<ArgumentException>(() => parts.Merge(new NeuronMeans(NeuronSet.Empty)));
    }

    [Fact]
    public void Neurons_at_their_mean_hold_it_everywhere_and_others_what_they_had()
    {
        NeuronMeans means = new NeuronMeans(s_neurons).Add(_model, s_rows);
        string site = Ablation.Site(0, NeuronMatrix.Query);
        float[][] clean = Columns(Run(SitePlan.None.Record(site))[site]);
        float[][] edited = Columns(Run(SitePlan.None.Mean(s_neurons, means).Record(site))[site]);
        edited[3].ShouldAllBe(x => x == means[new Neuron(0, NeuronMatrix.Query, 3)]);
        edited.Where((_, i) => i != 3).ShouldBe(clean.Where((_, i) => i != 3));
    }

    [Fact]
    public void Neurons_that_never_change_have_nothing_to_lose_to_their_mean()
    {
        // One token again and again, without position: every neuron of the first layer but the mixing ones has one value.
        var neurons = new NeuronSet([new(0, NeuronMatrix.Query, 3), new(0, NeuronMatrix.Value, 2)]);
        NeuronMeans means = new NeuronMeans(neurons).Add(_model, [[7]]);
        SitePlan plan = SitePlan.None.Mean(neurons, means);
        float[] clean = _model.Decoder.Forward(_model.Ops, TokenBatch.Of([[7, 7, 7]])).Logits.ToArray();
        _model.Decoder.Forward(_model.Ops, TokenBatch.Of([[7, 7, 7]]), plan).Logits.ToArray().ShouldBe(clean);
        Run(plan).Logits.ToArray().ShouldNotBe(Run(SitePlan.None).Logits.ToArray());
    }

    [Fact]
    public void A_neuron_that_the_model_does_not_have_is_refused()
    {
        var beyond = new NeuronSet([new Neuron(0, NeuronMatrix.Ffn, TinyModel.Config.IntermediateSize)]);
        Should.Throw<ArgumentException>(() => Run(SitePlan.None.Zero(beyond)));
        Should.Throw<ArgumentException>(() => Run(SitePlan.None.Zero([beyond, NeuronSet.Empty, NeuronSet.Empty])));
        Should.Throw<ArgumentException>(() => new NeuronMeans(beyond).Add(_model, s_rows));
    }

    public void Dispose()
    {
        _scope.Dispose();
        _model.Dispose();
    }

    private ForwardPass Run(SitePlan plan) => _model.Decoder.Forward(_model.Ops, TokenBatch.Of(s_rows), plan, logits: LogitsAt.Last);

    private static float[][] Columns(Tensor value)
    {
        float[][] rows = [.. value.ToArray().Chunk(value.Size(-1))];
        return [.. Enumerable.Range(0, value.Size(-1)).Select(i => rows.Select(row => row[i]).ToArray())];
    }
}
