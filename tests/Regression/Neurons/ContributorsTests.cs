using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Neurons;
using MWork.Probes.Tensors;
using MWork.Regression.Models;
using Shouldly;

namespace MWork.Regression.Neurons;

/// <summary>How many neurons it takes, against sorting what each one writes by hand.</summary>
public sealed class ContributorsTests : IDisposable
{
    private static readonly int[][] s_prompts = [[1, 5, 9, 30, 2], [7, 7, 3], [4, 0, 11, 12, 13, 14, 15]];

    private readonly LanguageModel _model = TinyModels.Create("grouped heads");

    [Theory, InlineData(0.05), InlineData(0.5), InlineData(0.9), InlineData(1)]
    public void The_fewest_neurons_that_write_a_share_are_counted(double share)
    {
        int[] layers = [0, 2];
        double[] counts = Contributors.Count(_model, s_prompts, layers, share);
        counts.ShouldBe([.. s_prompts.Select(prompt => (double)layers.Sum(layer => Needed(prompt, layer, share)))]);
        counts.ShouldAllBe(count => count >= layers.Length);
    }

    [Theory, InlineData(0), InlineData(-0.5), InlineData(1.1)]
    public void A_share_is_above_none_and_at_most_all(double share) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Contributors.Count(_model, s_prompts, [0], share));

    public void Dispose() => _model.Dispose();

    // ‖activation · column of W_down‖ at the last position, the largest first.
    private int Needed(int[] prompt, int layer, double share)
    {
        using var scope = new TensorScope();
        int neurons = TinyModel.Config.IntermediateSize;
        float[] down = _model.Decoder.Weights[WeightNames.Block(layer, "ffn.down.weight")].ToArray();
        double[] written = [.. _model.Decoder.Forward(_model.Ops, TokenBatch.Of([prompt]), SitePlan.None.Record(Sites.FfnActivation(layer)))[Sites.FfnActivation(layer)]
            .ToArray().TakeLast(neurons)
            .Select((activation, k) => SwitchedOff.Norm(down.Where((_, i) => i % neurons == k).Select(w => (double)w * activation)))
            .OrderDescending()];
        double wanted = share * written.Sum() * (1 - 1e-9);
        return Enumerable.Range(1, neurons).First(taken => written.Take(taken).Sum() >= wanted);
    }
}
