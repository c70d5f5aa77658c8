using MWork.Probes.Models;
using MWork.Probes.Tensors;

namespace MWork.Probes.Lenses;

/// <summary>
/// The logit lens (nostalgebraist 2020). <see cref="Normed"/> applies the final norm first, as the model itself does, and decides
/// verdicts; <see cref="Raw"/> leaves it out, as the code released with MWork does, and is shown beside it.
/// </summary>
public sealed class LogitLens : ILens
{
    public static readonly LogitLens Normed = new("normed", normed: true);
    public static readonly LogitLens Raw = new("raw", normed: false);

    private readonly bool _normed;

    private LogitLens(string name, bool normed)
    {
        Name = name;
        _normed = normed;
    }

    public string Name { get; }

    public Tensor Logits(ITensorOps ops, Decoder decoder, Tensor states, int layer) => decoder.Lens(ops, states, _normed);
}
