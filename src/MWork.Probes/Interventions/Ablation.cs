using MWork.Probes.Models;
using MWork.Probes.Neurons;

namespace MWork.Probes.Interventions;

/// <summary>
/// Switching neurons off, as part of a plan: a forward pass under the plan is the one without them, and no weight changes. Off is zero, or the
/// neuron's mean over a text; <see cref="Patching.Resample"/> takes its value in another prompt.
/// </summary>
public static class Ablation
{
    /// <summary>The same plan that also sets the entries of a site's last dimension at <paramref name="indices"/> to zero.</summary>
    public static SitePlan Zero(this SitePlan plan, string site, IReadOnlyList<int> indices) => plan.Edit(site, (ops, value) =>
    {
        float[] keep = new float[value.Size(-1)];
        Array.Fill(keep, 1);
        foreach (int index in indices)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)keep.Length, nameof(indices));
            keep[index] = 0;
        }

        return ops.Mul(value, ops.FromArray(keep, keep.Length));
    });

    /// <summary>The same plan with these neurons at zero.</summary>
    public static SitePlan Zero(this SitePlan plan, NeuronSet neurons) => neurons
        .GroupBy(neuron => Site(neuron.Layer, neuron.Matrix), neuron => neuron.Index)
        .Aggregate(plan, (sum, site) => sum.Zero(site.Key, [.. site]));

    /// <summary>The same plan with other neurons at zero in each row of the batch: row b runs without <paramref name="rows"/>[b].</summary>
    /// <remarks>The pass throws <see cref="ArgumentException"/> for a neuron that the model does not have, or a batch of other rows.</remarks>
    public static SitePlan Zero(this SitePlan plan, IReadOnlyList<NeuronSet> rows) => rows
        .SelectMany((set, row) => set.Select(neuron => (Row: row, Neuron: neuron)))
        .GroupBy(off => Site(off.Neuron.Layer, off.Neuron.Matrix), off => (off.Row, off.Neuron.Index))
        .Aggregate(plan, (sum, site) => sum.Edit(site.Key, (ops, value) =>
        {
            int width = value.Size(-1);
            float[] keep = new float[rows.Count * width];
            Array.Fill(keep, 1);
            foreach ((int row, int index) in site)
            {
                // Without this check it would be another row's neuron.
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)width, nameof(rows));
                keep[(row * width) + index] = 0;
            }

            return ops.Mul(value, ops.FromArray(keep, rows.Count, 1, width));
        }));

    /// <summary>The same plan with these neurons at their mean over a reference text, at every position.</summary>
    /// <exception cref="KeyNotFoundException">The mean of one of them was not collected.</exception>
    public static SitePlan Mean(this SitePlan plan, NeuronSet neurons, NeuronMeans means) => neurons
        .GroupBy(neuron => Site(neuron.Layer, neuron.Matrix), neuron => (neuron.Index, Mean: means[neuron]))
        .Aggregate(plan, (sum, site) => sum.Zero(site.Key, [.. site.Select(neuron => neuron.Index)]).Edit(site.Key, (ops, value) =>
        {
            float[] fill = new float[value.Size(-1)];
            foreach ((int index, float mean) in site)
            {
                fill[index] = mean;
            }

            return ops.Add(value, ops.FromArray(fill, fill.Length));
        }));

    /// <summary>Where the value of a matrix's neurons can be edited. The value of a row of W_Q or W_K is its coordinate before any norm
    /// and rotation.</summary>
    public static string Site(int layer, NeuronMatrix matrix) => matrix switch
    {
        NeuronMatrix.Ffn => Sites.FfnActivation(layer),
        NeuronMatrix.Query => Sites.Query(layer),
        NeuronMatrix.Key => Sites.Key(layer),
        NeuronMatrix.Value => Sites.Value(layer),
        NeuronMatrix.Output => Sites.Mix(layer),
        _ => throw new ArgumentOutOfRangeException(nameof(matrix), matrix, message: null),
    };
}
