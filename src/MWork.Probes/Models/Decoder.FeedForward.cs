using MWork.Probes.Tensors;

namespace MWork.Probes.Models;

public sealed partial class Decoder
{
    // [B, T, D] → [B, T, D]
    private Tensor FeedForward(ITensorOps ops, SiteVisitor sites, int layer, Tensor x)
    {
        Tensor input = sites.At(layer, Sites.FfnInputName, Norm(ops, WeightNames.Block(layer, "ffn.norm"), x));
        Tensor up = sites.At(layer, Sites.FfnUpName, Project(ops, layer, "ffn.up", input)); // [B, T, F]
        Tensor activation = Config.Gated
            ? ops.Mul(Activate(ops, sites.At(layer, Sites.FfnGateName, Project(ops, layer, "ffn.gate", input))), up)
            : Activate(ops, up);
        activation = sites.At(layer, Sites.FfnActivationName, activation);

        Tensor output = Project(ops, layer, "ffn.down", activation);
        output = Config.PostNorms ? Norm(ops, WeightNames.Block(layer, "ffn.post_norm"), output) : output;
        return sites.At(layer, Sites.FfnOutName, output);
    }

    private Tensor Activate(ITensorOps ops, Tensor x) =>
        Config.FeedForward == Models.FeedForward.GatedSilu ? ops.Silu(x) : ops.Gelu(x, tanh: true);
}
