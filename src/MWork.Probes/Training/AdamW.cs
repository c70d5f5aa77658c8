using MWork.Probes.Models;
using MWork.Probes.Tensors;

namespace MWork.Probes.Training;

/// <summary>
/// AdamW (Loshchilov and Hutter 2019) over a model's weights. Matrices decay, norms and biases do not.
/// </summary>
public sealed class AdamW : IOptimizer
{
    private readonly ITensorOps _ops;
    private readonly AdamWOptions _options;
    private readonly List<(Tensor Parameter, Tensor Mean, Tensor Variance)> _state = [];
    private int _step;

    public AdamW(ITensorOps ops, Weights weights, AdamWOptions options)
        : this(ops, weights.All.Select(pair => pair.Value), options)
    {
    }

    /// <param name="parameters">What to move, in the order in which the norm of the gradient is summed. Whoever made them disposes them.</param>
    public AdamW(ITensorOps ops, IEnumerable<Tensor> parameters, AdamWOptions options)
    {
        _ops = ops;
        _options = options;
        foreach (Tensor parameter in parameters)
        {
            _state.Add((parameter, Zeros(parameter), Zeros(parameter)));
        }
    }

    public IEnumerable<Tensor> Watched => _state.Select(entry => entry.Parameter);

    /// <summary>How many numbers the moments are: two for each weight that moves.</summary>
    public long StateSize => _state.Sum(entry => (long)entry.Mean.Count + entry.Variance.Count);

    /// <summary>Moves every parameter once.</summary>
    /// <param name="gradient">The gradient by a parameter, of its shape.</param>
    /// <param name="learningRate">This step's rate.</param>
    /// <returns>The norm of the whole gradient before clipping.</returns>
    public double Step(Func<Tensor, Tensor> gradient, float learningRate)
    {
        _step++;
        Tensor[] gradients = _state.Select(entry => gradient(entry.Parameter)).ToArray();
        double norm = Math.Sqrt(gradients.Sum(g => (double)_ops.Sum(_ops.Mul(g, g)).Item()));
        float scale = _options.ClipNorm is { } clip && norm > clip ? (float)(clip / norm) : 1;
        for (int i = 0; i < gradients.Length; i++)
        {
            (Tensor parameter, Tensor mean, Tensor variance) = _state[i];
            float decay = parameter.Rank >= 2 ? _options.WeightDecay : 0;
            _ops.AdamWInplace(parameter, gradients[i], mean, variance, new AdamWStep(
                _step, learningRate, decay, _options.Beta1, _options.Beta2, _options.Eps, scale));
        }

        return norm;
    }

    public void Dispose()
    {
        foreach ((_, Tensor mean, Tensor variance) in _state)
        {
            mean.Dispose();
            variance.Dispose();
        }
    }

    private Tensor Zeros(Tensor parameter) => TensorScope.Detach(_ops.Full(0, parameter.Shape));
}
