using MWork.Probes.Interventions;
using MWork.Probes.Lenses;
using MWork.Probes.Models;
using MWork.Probes.Models.Generation;
using MWork.Probes.Neurons;
using MWork.Probes.Statistics;
using MWork.Probes.Tasks;
using MWork.Probes.Tensors;
using MWork.Probes.Text;
using MWork.Regression.Models;
using MWork.Regression.Neurons;
using Shouldly;

namespace MWork.Regression.Conformance;

/// <summary>A device that runs out of memory changes how many rows go at a time, and no result.</summary>
public sealed class BatchesTests : IDisposable
{
    private readonly List<string> _said = [];
    private readonly Action<string> _say = Batches.Say;

    public BatchesTests() => Batches.Say = _said.Add;

    public static TheoryData<string> Probes => [.. s_probes.Keys];

    private static readonly LanguageModel s_model = TinyPrompts.Model();
    private static readonly LanguageModel s_reader = TinyModels.Create("grouped heads");
    private static readonly Prompt[] s_prompts = TinyPrompts.Draw(40);
    private static readonly int[][] s_ids = [.. s_prompts.Select(prompt => s_model.Tokenizer.Encode(prompt.Text))];

    private static readonly NeuronSet s_neurons = new([new Neuron(1, NeuronMatrix.Ffn, 3), new Neuron(1, NeuronMatrix.Ffn, 9)]);

    private static readonly Dictionary<string, Func<LanguageModel, IEnumerable<double>>> s_probes = new(StringComparer.Ordinal)
    {
        ["PLND"] = m => Plnd.Measure(s_reader with { Ops = m.Ops }, TinyText.Documents("en", 12)) is var counts ? counts.MeanImportances("en") : [],
        ["LAPE"] = m => Lape.Measure(s_reader with { Ops = m.Ops }, TinyText.Documents("en", 12)).Probabilities("en"),
        ["text activations"] = m => TextActivations.Measure(s_reader with { Ops = m.Ops }, TinyText.Documents("en", 12)) is var texts
            ? Enumerable.Range(0, texts.Layout.Count).SelectMany(place => texts.Of(place, "en")).Select(text => (double)text.Mean) : [],
        ["states"] = m => States.Collect(m, s_ids, [0, 2], [1]) is var (last, pooled)
            ? last.Concat(pooled).SelectMany(layer => layer.SelectMany(row => row)).Select(value => (double)value) : [],
        ["candidate scores"] = m => CandidateScores.Measure(m, s_prompts).Select(score => score.LogOdds),
        ["lens probabilities"] = m => LensProbabilities.Measure(m, LogitLens.Normed, s_ids, [.. s_ids.Select(_ => (int[])[5, 7])])
            .SelectMany(prompt => prompt.SelectMany(layer => layer)).Select(p => (double)p),
        ["contributors"] = m => Contributors.Count(m, s_ids, [0, 1, 2], 0.5),
        ["neuron means"] = m => new NeuronMeans(s_neurons).Add(m, s_ids) is var means ? s_neurons.Select(neuron => (double)means[neuron]) : [],
        ["ablation"] = m => Ablated(m),
        ["integrated gradients"] = m => IntegratedGradients.Measure(m, s_ids[..6], [5, 6, 7, 8, 9, 10], [1], Quadrature.GaussLegendre(8).InRoot()).SelectMany(found => found.Layers[0].Values),
        ["generation"] = m => Generator.Generate(m.Decoder, m.Ops, s_ids[..9], new GenerationOptions { MaxNewTokens = 5, Sampling = new Sampling { Temperature = 2, Seed = 3 } })
            .SelectMany(text => text.Ids).Select(id => (double)id),
    };

    public void Dispose() => Batches.Say = _say;

    [Theory, MemberData(nameof(Probes))]
    public void A_probe_goes_on_in_smaller_batches_to_the_same_result(string probe)
    {
        var small = new OutOfMemoryOps(s_model.Ops, rows: 2);
        double[] expected = [.. s_probes[probe](s_model)];
        double[] actual = [.. s_probes[probe](s_model with { Ops = small })];
        actual.ShouldBe(expected);
        small.Failures.ShouldBeGreaterThan(0);
        _said.ShouldNotBeEmpty();
        _said[0].ShouldStartWith("Linear does not fit the memory of a test. Going on with ");
    }

    [Fact]
    public void A_single_row_that_does_not_fit_is_told_and_not_tried_again() =>
        Should.Throw<DeviceMemoryException>(() => CandidateScores.Measure(s_model with { Ops = new OutOfMemoryOps(s_model.Ops, rows: 0, every: 1) }, s_prompts));

    [Fact]
    public void Free_memory_bounds_the_rows_of_a_batch()
    {
        long perRow = Batches.BytesPerRow(TinyModel.Config, 10);
        List<int> sizes = [];
        new Batches(perRow * 7 / 2, TinyModel.Config, rows: 64).Each(Enumerable.Range(0, 8).ToArray(), _ => 10, (_, rows) => sizes.Add(rows.Length));
        sizes.ShouldBe([3, 3, 2]);
        sizes.Clear();
        new Batches(1, TinyModel.Config, rows: 64).Each([0, 1], _ => 10, (_, rows) => sizes.Add(rows.Length));
        sizes.ShouldBe([1, 1]);
    }

    private static double[] Ablated(LanguageModel model)
    {
        using var scores = new AblationScores(model, s_prompts);
        return [.. scores.Off(s_neurons).Select(score => score.LogOdds)];
    }
}
