using MWork.Probes.Tensors;

namespace MWork.Probes.Models;

public sealed partial class Decoder
{
    // [B, T, D] → [B, T, F]
    private Tensor Neurons(ITensorOps ops, SiteVisitor sites, int layer, Tensor x)
    {
        Tensor input = sites.At(layer, Sites.FfnInputName, Norm(ops, WeightNames.Block(layer, "ffn.norm"), x));
        Tensor up = sites.At(layer, Sites.FfnUpName, Project(ops, layer, "ffn.up", input));
        return Config.Gated
            ? ops.Mul(Activate(ops, sites.At(layer, Sites.FfnGateName, Project(ops, layer, "ffn.gate", input))), up)
            : Activate(ops, up);
    }

    // What is left of a block behind its neurons: the residual stream between attention and feed-forward [B, T, D] and the neurons
    // [B, T, F] → [B, T, D].
    private Tensor BehindNeurons(ITensorOps ops, SiteVisitor sites, int layer, Tensor x, Tensor neurons)
    {
        Tensor output = Project(ops, layer, "ffn.down", sites.At(layer, Sites.FfnActivationName, neurons));
        output = Config.PostNorms ? Norm(ops, WeightNames.Block(layer, "ffn.post_norm"), output) : output;
        x = ops.Add(x, sites.At(layer, Sites.FfnOutName, output));
        return sites.At(layer, Sites.ResidPostName, x);
    }

    private Tensor Activate(ITensorOps ops, Tensor x) =>
        Config.FeedForward == Models.FeedForward.GatedSilu ? ops.Silu(x) : ops.Gelu(x, tanh: true);
}
