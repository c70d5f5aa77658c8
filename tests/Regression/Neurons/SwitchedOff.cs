using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Neurons;
using MWork.Probes.Tensors;

namespace MWork.Regression.Neurons;

/// <summary>Importance the slow way: the neuron off in a second forward pass, and the norm of what that changes.</summary>
internal static class SwitchedOff
{
    /// <summary>One value per neuron of a layer's matrix.</summary>
    public static double[] Importances(LanguageModel model, int[] document, int layer, NeuronMatrix matrix)
    {
        using var scope = new TensorScope();
        float[] clean = Read(model, document, layer, matrix, SitePlan.None);
        int size = NeuronLayout.Of(model.Decoder.Config).Size(matrix);
        return [.. Enumerable.Range(0, size).Select(index =>
        {
            SitePlan off = SitePlan.None.Zero(new NeuronSet([new Neuron(layer, matrix, index)]));
            return Norm(Read(model, document, layer, matrix, off).Zip(clean, (a, b) => (double)a - b));
        })];
    }

    public static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(value => value * value));

    /// <summary>The largest difference, in units of the largest reference value.</summary>
    public static double Distance(IEnumerable<double> values, IReadOnlyList<double> reference) =>
        values.Zip(reference, (a, b) => Math.Abs(a - b)).Max() / reference.Max();

    // What the projection behind the neuron gives, before any norm that follows it; attention itself for queries and keys.
    private static float[] Read(LanguageModel model, int[] document, int layer, NeuronMatrix matrix, SitePlan plan)
    {
        using var scope = new TensorScope();
        (string site, string? projection) = matrix switch
        {
            NeuronMatrix.Ffn => (Sites.FfnActivation(layer), "ffn.down.weight"),
            NeuronMatrix.Query or NeuronMatrix.Key => (Sites.Probs(layer), null),
            _ => (Sites.Mix(layer), "attention.o.weight"),
        };
        Tensor value = model.Decoder.Forward(
            model.Ops, TokenBatch.Of([document]), plan.Record(site), logits: LogitsAt.None)[site];
        return (projection is null ? value : model.Ops.Linear(value, model.Decoder.Weights[WeightNames.Block(layer, projection)]))
            .ToArray();
    }
}
