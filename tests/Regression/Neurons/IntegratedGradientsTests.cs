using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Models.Checkpoints;
using MWork.Probes.Models.Parity;
using MWork.Probes.Neurons;
using MWork.Probes.Statistics;
using MWork.Probes.Tensors;
using MWork.Probes.Tensors.Managed;
using MWork.Regression.Models;
using MWork.Testing;
using Shouldly;

namespace MWork.Regression.Neurons;

public sealed class IntegratedGradientsTests : IDisposable
{
    private static readonly int[][] s_prompts = [[1, 5, 9, 30, 2], [7, 7, 3], [4, 0, 11, 12, 13, 14, 15]];
    private static readonly ManagedBackend s_ops = ManagedBackend.Shared;

    private readonly LanguageModel _model = TinyPrompts.Model();

    // What the model would say: a probability that has something to lose.
    private readonly int[] _answers;

    public IntegratedGradientsTests()
    {
        _answers = Answers(_model);
    }

    public static TheoryData<string> Checkpoints =>
        [.. Directory.EnumerateDirectories(Repository.Fixture("golden", "models")).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Checkpoints))]
    public void It_agrees_with_the_reference_in_every_family(string checkpoint)
    {
        string directory = Repository.Fixture("golden", "models", checkpoint);
        (Decoder decoder, string hash) = ModelDirectory.LoadDecoder(directory, s_ops);
        using var model = new LanguageModel(decoder, TinyPrompts.Tokenizer, s_ops, hash);
        using SafetensorsFile expected = SafetensorsFile.Open(Path.Combine(directory, CheckpointParity.FileName));
        int[] row = [.. expected.ReadInt64("input_ids").Take(expected.Tensors["input_ids"].Shape[^1]).Select(id => (int)id)];
        int target = (int)expected.ReadInt64("grad_target")[0];
        LayerAttribution given = IntegratedGradients.Measure(
            model, [row], [target], [2], Quadrature.Midpoint(20), lastPositionOnly: true)[0].Layers[0];
        float[] wanted = expected.ReadFloat32("ig_layer2_last_token");
        double largest = wanted.Max(Math.Abs);
        for (int neuron = 0; neuron < wanted.Length; neuron++)
        {
            given[row.Length - 1, neuron].ShouldBe(wanted[neuron], CheckpointParity.RelativeTolerance * largest);
            given.Of(neuron).ShouldBe(given[row.Length - 1, neuron]);
        }
    }

    [Fact]
    public void The_shares_add_up_to_what_the_layer_does_for_the_answer()
    {
        foreach (bool lastOnly in (bool[])[false, true])
        {
            Attribution[] attributions = IntegratedGradients.Measure(_model, s_prompts, _answers, [0, 2], lastPositionOnly: lastOnly);
            LayerAttribution[] layers = [.. attributions.SelectMany(prompt => prompt.Layers)];
            layers.ShouldAllBe(layer => layer.CompletenessError <= KnowledgeNeurons.CompletenessLimit / 2);
            layers.Max(layer => Math.Abs(layer.Clean - layer.Baseline)).ShouldBeGreaterThan(0.02);
            attributions.ShouldAllBe(prompt => prompt.IsComplete);
        }
    }

    [Fact]
    public void The_baseline_is_the_run_without_the_layer_s_neurons()
    {
        using var scope = new TensorScope();
        LayerAttribution layer = IntegratedGradients.Measure(_model, s_prompts, _answers, [1])[0].Layers[0];
        SitePlan off = SitePlan.None.Zero(Sites.FfnActivation(1), [.. Enumerable.Range(0, TinyModel.Config.IntermediateSize)]);
        layer.Baseline.ShouldBe(Probability(off), 1e-7);
        layer.Clean.ShouldBe(Probability(SitePlan.None), 1e-7);

        double Probability(SitePlan plan) => s_ops.Softmax(
            _model.Decoder.Forward(s_ops, TokenBatch.Of([s_prompts[0]]), plan, logits: LogitsAt.Last).Logits).ToArray()[_answers[0]];
    }

    [Fact]
    public void A_prompt_is_attributed_alike_alone_and_among_others()
    {
        Attribution[] together = IntegratedGradients.Measure(_model, s_prompts, _answers, [0, 1]);
        for (int i = 0; i < s_prompts.Length; i++)
        {
            Attribution alone = IntegratedGradients.Measure(_model, [s_prompts[i]], [_answers[i]], [0, 1])[0];
            alone.Layers.Zip(together[i].Layers).ShouldAllBe(pair => pair.First.Values.SequenceEqual(pair.Second.Values));
            alone.Layers[0].Values.Count.ShouldBe(s_prompts[i].Length * TinyModel.Config.IntermediateSize);
        }
    }

    [Fact]
    public void A_rule_of_one_s_own_is_used_as_it_is_and_confesses()
    {
        LayerAttribution refined = IntegratedGradients.Measure(_model, s_prompts, _answers, [2])[0].Layers[0];
        Attribution left = IntegratedGradients.Measure(_model, s_prompts, _answers, [2], new Quadrature("one node at the end", [1], [1]))[0];
        left.Layers[0].Nodes.ShouldBe(1);
        left.IsComplete.ShouldBeFalse();
        left.CompletenessError.ShouldBe(
            Math.Abs(left.Layers[0].Values.Sum() - (refined.Clean - refined.Baseline)) / Math.Max(0.01, Math.Abs(refined.Clean - refined.Baseline)), 1e-12);
    }

    /// <summary>Logits six times as far apart bend the path: it is cut finer where it bends, and the shares are those of a rule that is fine everywhere.</summary>
    [Fact]
    public void A_path_that_bends_is_cut_there_and_its_shares_are_those_of_a_fine_rule()
    {
        using LanguageModel smooth = TinyModels.Create("grouped heads");
        using var weights = new Weights(TinyModel.Config, (name, shape) => s_ops.FromArray(
            [.. smooth.Decoder.Weights[name].ToArray().Select(x => name == $"{WeightNames.FinalNorm}.weight" ? 6 * x : x)], shape));
        LanguageModel steep = smooth with { Decoder = new Decoder(TinyModel.Config, weights) };
        int[] answers = Answers(steep);
        LayerAttribution[] cut = Layers(null);
        foreach ((LayerAttribution own, LayerAttribution fine) in cut.Zip(Layers(Quadrature.Midpoint(2_000))))
        {
            double tolerance = KnowledgeNeurons.CompletenessLimit / 2 * Math.Max(0.01, Math.Abs(fine.Clean - fine.Baseline));
            own.CompletenessError.ShouldBeLessThanOrEqualTo(KnowledgeNeurons.CompletenessLimit / 2);
            own.Values.Zip(fine.Values).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) <= tolerance);
        }

        // By prompt and layer: five nodes on each of the parts that were tried.
        cut.Select(layer => layer.Nodes / 5).ShouldBe([9, 5, 1, 1, 3, 1, 5, 5, 1]);

        LayerAttribution[] Layers(Quadrature? rule) =>
            [.. IntegratedGradients.Measure(steep, s_prompts, answers, [0, 1, 2], rule).SelectMany(prompt => prompt.Layers)];
    }

    [Fact]
    public void It_says_which_layer_is_done_and_stops_when_told()
    {
        List<int> done = [];
        using var stop = new CancellationTokenSource();
        var progress = new Told(layers =>
        {
            done.Add(layers);
            if (layers == 2)
            {
                stop.Cancel();
            }
        });
        Should.Throw<OperationCanceledException>(() =>
            IntegratedGradients.Measure(_model, s_prompts, _answers, [0, 1, 2], progress: progress, cancellation: stop.Token));
        done.ShouldBe([1, 2]);
    }

    [Fact]
    public void The_last_position_alone_gets_shares_when_asked_for()
    {
        LayerAttribution layer = IntegratedGradients.Measure(_model, s_prompts, _answers, [0], lastPositionOnly: true)[1].Layers[0];
        int width = TinyModel.Config.IntermediateSize;
        layer.Values.Take(2 * width).ShouldAllBe(value => value == 0);
        layer.Values.Skip(2 * width).Count(value => value != 0).ShouldBeGreaterThan(width / 2);
    }

    [Fact]
    public void Lists_that_do_not_fit_are_refused()
    {
        Should.Throw<ArgumentException>(() => IntegratedGradients.Measure(_model, s_prompts, [1], [0]));
        Should.Throw<ArgumentException>(() => IntegratedGradients.Measure(_model, s_prompts, _answers, []));
        Should.Throw<ArgumentException>(() => IntegratedGradients.Measure(_model, s_prompts, _answers, [3]));
    }

    public void Dispose() => _model.Dispose();

    private static int[] Answers(LanguageModel model)
    {
        using var scope = new TensorScope();
        return s_ops.Argmax(model.Decoder.Forward(s_ops, TokenBatch.Of(s_prompts), logits: LogitsAt.Last).Logits);
    }
}
