using MWork.Probes.Models;
using MWork.Probes.Neurons;
using MWork.Probes.Tensors;

namespace MWork.Probes.Training;

/// <summary>
/// AdamW over the weights of a set of feed-forward neurons and no others (Zhao et al. 2024, abstract: language-specific neurons
/// alone are tuned). A neuron's weights are its row of the gate and up projections, their biases at its place where a model has any, and its column of
/// the down projection. Those of a matrix are gathered into one small parameter, which alone has moments, and written back after each step.
/// </summary>
public sealed class NeuronAdamW : IOptimizer
{
    private readonly ITensorOps _ops;
    private readonly List<Slice> _slices = [];
    private readonly AdamW _adamW;

    /// <param name="ops">The backend that the weights live on.</param>
    /// <param name="decoder">The model whose weights are written to, in float32: a copy (<see cref="Decoder.Copy"/>) of the one to keep.</param>
    /// <param name="neurons">Feed-forward neurons of the model.</param>
    /// <param name="options">Weight decay pulls the chosen rows and columns only; the norm that is clipped is that of their gradient.</param>
    /// <exception cref="ArgumentException">There is no neuron, or one is not a feed-forward neuron of the model.</exception>
    public NeuronAdamW(ITensorOps ops, Decoder decoder, NeuronSet neurons, AdamWOptions options)
    {
        _ops = ops;
        ModelConfig config = decoder.Config;
        foreach (Neuron neuron in neurons)
        {
            if (neuron.Matrix != NeuronMatrix.Ffn || (uint)neuron.Layer >= (uint)config.Layers || (uint)neuron.Index >= (uint)config.IntermediateSize)
            {
                throw new ArgumentException(
                    $"{neuron} is not a feed-forward neuron of a model of {config.Layers} layers of {config.IntermediateSize}; tune those only.",
                    nameof(neurons));
            }
        }

        if (neurons.Count == 0)
        {
            throw new ArgumentException("There is no neuron to tune; name at least one.", nameof(neurons));
        }

        foreach (IGrouping<int, Neuron> layer in neurons.GroupBy(neuron => neuron.Layer))
        {
            int[] indices = [.. layer.Select(neuron => neuron.Index)];
            foreach (string name in (ReadOnlySpan<string>)["ffn.down.weight", "ffn.gate.bias", "ffn.gate.weight", "ffn.up.bias", "ffn.up.weight"])
            {
                if (decoder.Weights.Find(WeightNames.Block(layer.Key, name)) is { } whole)
                {
                    int dim = name == "ffn.down.weight" ? 1 : 0;
                    _slices.Add(new Slice(whole, TensorScope.Detach(ops.IndexSelect(whole, dim, indices)), dim, indices));
                }
            }
        }

        _adamW = new AdamW(ops, _slices.Select(slice => slice.Part), options);
    }

    /// <summary>The feed-forward parameters of the layers that have a chosen neuron, whole.</summary>
    public IEnumerable<Tensor> Watched => _slices.Select(slice => slice.Whole);

    /// <summary>How many single weights move.</summary>
    public long Count => _slices.Sum(slice => (long)slice.Part.Count);

    /// <inheritdoc cref="AdamW.StateSize"/>
    public long StateSize => _adamW.StateSize;

    /// <summary>Moves the chosen neurons' weights once. Must run within a <see cref="TensorScope"/>, as the tape that gives the gradients does.</summary>
    /// <param name="gradient">The gradient by a watched parameter, of its shape.</param>
    /// <param name="learningRate">This step's rate.</param>
    /// <returns>The norm of the gradient by the chosen weights, before clipping.</returns>
    public double Step(Func<Tensor, Tensor> gradient, float learningRate)
    {
        Dictionary<Tensor, Tensor> gathered = _slices.ToDictionary(
            slice => slice.Part, slice => _ops.IndexSelect(gradient(slice.Whole), slice.Dim, slice.Indices));
        double norm = _adamW.Step(part => gathered[part], learningRate);
        foreach (Slice slice in _slices)
        {
            for (int i = 0; i < slice.Indices.Length; i++)
            {
                _ops.CopyInplace(slice.Whole, -1, slice.Dim, slice.Indices[i], _ops.Narrow(slice.Part, slice.Dim, i, 1));
            }
        }

        return norm;
    }

    public void Dispose()
    {
        _adamW.Dispose();
        foreach (Slice slice in _slices)
        {
            slice.Part.Dispose();
        }
    }

    /// <summary>The chosen rows (dimension 0) or columns (1) of one parameter, and where they belong.</summary>
    private sealed record Slice(Tensor Whole, Tensor Part, int Dim, int[] Indices);
}
