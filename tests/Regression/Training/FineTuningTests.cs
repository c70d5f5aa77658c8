using MWork.Probes.Models;
using MWork.Probes.Neurons;
using MWork.Probes.Randomness;
using MWork.Probes.Tensors;
using MWork.Probes.Tensors.Managed;
using MWork.Probes.Training;
using MWork.Regression.Models;
using Shouldly;

namespace MWork.Regression.Training;

/// <summary>Tuning a set of neurons moves their weights and nothing else, and moves them as training the whole model would.</summary>
public sealed class FineTuningTests : IDisposable
{
    private const int Steps = 6;
    private static readonly ManagedBackend s_ops = ManagedBackend.Shared;
    private static readonly AdamWOptions s_options = new(WeightDecay: 0.1f, ClipNorm: null);
    private static readonly CosineSchedule s_schedule = new(Peak: 1e-2f, Steps, WarmUp: 1);
    private static readonly NeuronSet s_some = new([Ffn(0, 3), Ffn(0, 17), Ffn(2, 5)]);
    private static readonly NeuronSet s_all = new(Enumerable.Range(0, TinyModel.Config.Layers)
        .SelectMany(layer => Enumerable.Range(0, TinyModel.Config.IntermediateSize).Select(index => Ffn(layer, index))));

    private readonly Decoder _model = TinyModel.Create();

    [Fact]
    public void Only_the_chosen_rows_and_columns_change()
    {
        using var tuned = new Held(Tune(s_some));
        HashSet<(string, int)> moved = [.. Differences(_model, tuned.Decoder)];
        HashSet<(string, int)> chosen = [.. s_some.SelectMany(Entries)];
        moved.IsSubsetOf(chosen).ShouldBeTrue();
        moved.Count.ShouldBeGreaterThan(chosen.Count * 9 / 10); // a weight may happen to come back to where it was
    }

    [Theory, InlineData(false), InlineData(true)]
    public void The_model_itself_stays_bit_for_bit(bool whole)
    {
        int[][] before = Bits(_model);
        using var tuned = new Held(Tune(whole ? null : s_some));
        Bits(_model).ShouldBe(before);
        Bits(tuned.Decoder).ShouldNotBe(before);
    }

    [Fact]
    public void The_optimiser_remembers_the_chosen_weights_only()
    {
        using var optimizer = new NeuronAdamW(s_ops, _model, s_some, s_options);
        int entries = s_some.Sum(neuron => Entries(neuron).Count());
        entries.ShouldBe(3 * 3 * TinyModel.Config.HiddenSize);
        optimizer.Count.ShouldBe(entries);
        optimizer.StateSize.ShouldBe(2 * entries);
    }

    [Fact]
    public void A_neurons_biases_are_its_own()
    {
        ModelConfig config = TinyModel.Config with { FeedForwardBias = true };
        using Weights weights = Initialization.Random(s_ops, config, seed: 1);
        var optimizer = new NeuronAdamW(s_ops, new Decoder(config, weights), s_some, s_options);
        optimizer.Count.ShouldBe(s_some.Count * ((3 * config.HiddenSize) + 2)); // of the gate and of up; down's belong to no neuron
        optimizer.Dispose();
    }

    // The gradient is that of the whole model: a mistake in what is watched, gathered or written back would show here.
    [Fact]
    public void With_all_neurons_a_step_is_the_whole_models_step_on_feed_forward_weights()
    {
        using var all = new Held(Tune(s_all, steps: 1));
        using var whole = new Held(Tune(null, steps: 1));
        foreach ((string name, Tensor weight) in all.Decoder.Weights.All)
        {
            bool tuned = name.Contains(".ffn.", StringComparison.Ordinal) && !name.Contains("norm", StringComparison.Ordinal);
            weight.ToArray().ShouldBe((tuned ? whole.Decoder : _model).Weights[name].ToArray(), name);
        }
    }

    [Fact]
    public void The_loss_falls()
    {
        List<TrainingStep> steps = [];
        using var tuned = new Held(FineTuning.Run(s_ops, _model, s_some, s_options, s_schedule, _ => Batch(0), steps.Add));
        steps.Count.ShouldBe(Steps);
        steps[^1].Loss.ShouldBeLessThan(steps[0].Loss);
    }

    [Fact]
    public void Equal_arguments_give_equal_bits()
    {
        using var first = new Held(Tune(s_some));
        using var second = new Held(Tune(s_some));
        Bits(second.Decoder).ShouldBe(Bits(first.Decoder));
    }

    [Fact]
    public void Answers_are_due_behind_the_last_token()
    {
        TokenBatch tokens = TokenBatch.Of([[1, 2, 3], [4, 5]]);
        var everywhere = new TargetBatch(tokens, [-1, -1, 7, -1, 8, -1], LogitsAt.All);
        using var answers = new Held(FineTuning.Run(s_ops, _model, neurons: null, s_options, s_schedule, _ => TargetBatch.Answers(tokens, [7, 8])));
        using var full = new Held(FineTuning.Run(s_ops, _model, neurons: null, s_options, s_schedule, _ => everywhere));
        Differences(answers.Decoder, full.Decoder).ShouldBeEmpty();
        Should.Throw<ArgumentException>(() => TargetBatch.Answers(TokenBatch.Of([[1], [2]]), [7])).Message.ShouldContain("1 answers for 2 rows");
    }

    [Fact]
    public void What_is_no_feed_forward_neuron_of_the_model_is_refused()
    {
        foreach (Neuron neuron in (Neuron[])[new(0, NeuronMatrix.Query, 0), Ffn(TinyModel.Config.Layers, 0), Ffn(0, TinyModel.Config.IntermediateSize)])
        {
            Should.Throw<ArgumentException>(() => new NeuronAdamW(s_ops, _model, new NeuronSet([neuron]), s_options))
                .Message.ShouldContain("is not a feed-forward neuron");
        }

        Should.Throw<ArgumentException>(() => Tune(NeuronSet.Empty)).Message.ShouldContain("no neuron to tune");
    }

    public void Dispose() => _model.Weights.Dispose();

    private static Neuron Ffn(int layer, int index) => new(layer, NeuronMatrix.Ffn, index);

    private Decoder Tune(NeuronSet? neurons, int steps = Steps) =>
        FineTuning.Run(s_ops, _model, neurons, s_options, s_schedule with { Steps = steps }, Batch);

    private static TargetBatch Batch(int step)
    {
        CounterRandom random = new CounterRandom(5, "batch").Fork(step);
        return TargetBatch.Next(TokenBatch.Of([.. Enumerable.Range(0, 3).Select(row =>
            Enumerable.Range(0, 9 - row).Select(_ => random.NextInt(TinyModel.Config.VocabularySize)).ToArray())]));
    }

    // Parameter and flat index of every weight of a neuron.
    private static IEnumerable<(string, int)> Entries(Neuron neuron)
    {
        (int width, int neurons) = (TinyModel.Config.HiddenSize, TinyModel.Config.IntermediateSize);
        for (int i = 0; i < width; i++)
        {
            yield return (WeightNames.Block(neuron.Layer, "ffn.gate.weight"), (neuron.Index * width) + i);
            yield return (WeightNames.Block(neuron.Layer, "ffn.up.weight"), (neuron.Index * width) + i);
            yield return (WeightNames.Block(neuron.Layer, "ffn.down.weight"), (i * neurons) + neuron.Index);
        }
    }

    private static IEnumerable<(string, int)> Differences(Decoder first, Decoder second) => first.Weights.All.SelectMany(weight =>
        weight.Value.ToArray().Zip(second.Weights[weight.Key].ToArray())
            .Select((pair, i) => (Same: BitConverter.SingleToInt32Bits(pair.First) == BitConverter.SingleToInt32Bits(pair.Second), i))
            .Where(entry => !entry.Same).Select(entry => (weight.Key, entry.i)));

    private static int[][] Bits(Decoder decoder) =>
        [.. decoder.Weights.All.Select(weight => weight.Value.ToArray().Select(BitConverter.SingleToInt32Bits).ToArray())];

    private sealed record Held(Decoder Decoder) : IDisposable
    {
        public void Dispose() => Decoder.Weights.Dispose();
    }
}
