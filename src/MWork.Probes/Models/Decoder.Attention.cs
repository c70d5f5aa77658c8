using MWork.Probes.Tensors;

namespace MWork.Probes.Models;

public sealed partial class Decoder
{
    // [B, T, D] → [B, T, D], or [B, 1, D] where only each row's last token asks.
    private Tensor Attention(
        ITensorOps ops, SiteVisitor sites, int layer, Tensor x, AttentionPositions positions, KeyValueCache? cache, bool lastOnly)
    {
        Tensor input = sites.At(layer, Sites.AttentionInputName, Norm(ops, WeightNames.Block(layer, "attention.norm"), x));
        (Tensor asking, AttentionPositions from) = lastOnly ? (positions.Batch.Last(ops, input), positions.Last()) : (input, positions);
        Tensor q = Heads(ops, sites.At(layer, Sites.QueryName, Project(ops, layer, "attention.q", asking)), Config.Heads);
        Tensor k = Heads(ops, sites.At(layer, Sites.KeyName, Project(ops, layer, "attention.k", input)), Config.KeyValueHeads);
        Tensor v = Heads(ops, sites.At(layer, Sites.ValueName, Project(ops, layer, "attention.v", input)), Config.KeyValueHeads);
        q = Position(ops, layer, "attention.q_norm", q, from);
        k = Position(ops, layer, "attention.k_norm", k, positions);
        if (cache is not null)
        {
            (k, v) = cache.Append(ops, layer, k, v);
        }

        Tensor mix = Mix(ops, sites, layer, q, k, v, from); // [B, H, T, d]
        mix = ops.Reshape(ops.Transpose(mix, 1, 2), asking.Size(0), asking.Size(1), Config.Heads * Config.HeadSize);
        Tensor output = Project(ops, layer, "attention.o", sites.At(layer, Sites.MixName, mix));
        output = Config.PostNorms ? Norm(ops, WeightNames.Block(layer, "attention.post_norm"), output) : output;
        return sites.At(layer, Sites.AttentionOutName, output);
    }

    private Tensor Mix(ITensorOps ops, SiteVisitor sites, int layer, Tensor q, Tensor k, Tensor v, AttentionPositions positions)
    {
        Tensor mask = positions.Mask(layer);
        bool fused = Config.AttentionSoftCap is null && positions.Slopes is null
            && !sites.Sees(layer, Sites.ScoresName) && !sites.Sees(layer, Sites.ProbsName);
        if (fused)
        {
            return ops.ScaledDotProductAttention(q, k, v, mask, Config.AttentionScale);
        }

        int repeats = Config.Heads / Config.KeyValueHeads;
        Tensor keys = repeats == 1 ? k : ops.RepeatInterleave(k, repeats, 1);
        Tensor values = repeats == 1 ? v : ops.RepeatInterleave(v, repeats, 1);
        Tensor scores = ops.Mul(ops.MatMul(q, keys, transposeB: true), Config.AttentionScale); // [B, H, T, S]
        scores = CapAndBias(ops, scores, positions.Slopes);
        scores = sites.At(layer, Sites.ScoresName, scores);
        Tensor probs = sites.At(layer, Sites.ProbsName, ops.Softmax(ops.Add(scores, mask)));
        return ops.MatMul(probs, values);
    }

    /// <summary>Queries or keys [B, heads, T, d] as scores are made of them: normed per head where the model does that, then
    /// rotated.</summary>
    internal Tensor Position(ITensorOps ops, int layer, string norm, Tensor heads, AttentionPositions positions)
    {
        heads = Config.QueryKeyNorm ? Norm(ops, WeightNames.Block(layer, norm), heads) : heads;
        return positions.Rotation is (Tensor cos, Tensor sin) ? ops.RotaryEmbedding(heads, cos, sin) : heads;
    }

    /// <summary>Scaled scores after the soft cap, with ALiBi's bias; what is left to do is mask and softmax.</summary>
    internal Tensor CapAndBias(ITensorOps ops, Tensor scores, Tensor? slopes)
    {
        scores = Cap(ops, scores, Config.AttentionSoftCap);
        return slopes is null ? scores : ops.Add(scores, slopes);
    }

    // [B, T, heads·d] → [B, heads, T, d]
    internal Tensor Heads(ITensorOps ops, Tensor x, int heads) =>
        ops.Transpose(ops.Reshape(x, x.Size(0), x.Size(1), heads, Config.HeadSize), 1, 2);
}
