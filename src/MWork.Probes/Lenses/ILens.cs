using MWork.Probes.Models;
using MWork.Probes.Tensors;

namespace MWork.Probes.Lenses;

/// <summary>Reads a residual state in the middle of a model as if it were the last one.</summary>
public interface ILens
{
    /// <summary>What reports call it.</summary>
    string Name { get; }

    /// <summary>Logits [N, V] of states [N, D] that the block <paramref name="layer"/> left behind.</summary>
    Tensor Logits(ITensorOps ops, Decoder decoder, Tensor states, int layer);
}
