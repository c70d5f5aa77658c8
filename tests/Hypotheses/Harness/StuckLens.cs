using MWork.Probes.Lenses;
using MWork.Probes.Models;
using MWork.Probes.Tensors;

namespace MWork.Hypotheses.Harness;

/// <summary>A deliberate fault: a lens that forgot which layer it looks at. Every layer shows what the first state it was given shows.</summary>
internal sealed class StuckLens : ILens
{
    private float[]? _first;

    public string Name => "stuck";

    public Tensor Logits(ITensorOps ops, Decoder decoder, Tensor states, int layer)
    {
        _first = layer == 0 ? states.ToArray() : _first;
        return decoder.Lens(ops, ops.FromArray(_first!, states.Shape));
    }
}
