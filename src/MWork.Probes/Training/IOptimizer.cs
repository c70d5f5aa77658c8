using MWork.Probes.Tensors;

namespace MWork.Probes.Training;

/// <summary>Moves weights by their gradients: all of them, or the part that is to be tuned.</summary>
public interface IOptimizer : IDisposable
{
    /// <summary>The parameters whose gradients a step asks for; nothing else need be differentiated.</summary>
    IEnumerable<Tensor> Watched { get; }

    /// <summary>Moves what is to be moved once.</summary>
    /// <param name="gradient">The gradient by a watched parameter, of its shape.</param>
    /// <param name="learningRate">This step's rate.</param>
    /// <returns>The norm, before clipping, of the gradient by everything that moves.</returns>
    double Step(Func<Tensor, Tensor> gradient, float learningRate);
}
