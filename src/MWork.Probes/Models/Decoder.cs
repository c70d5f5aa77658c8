using MWork.Probes.Interventions;
using MWork.Probes.Tensors;

namespace MWork.Probes.Models;

/// <summary>
/// A decoder-only transformer as its configuration describes it, with named sites to record and to edit. It is written over the op
/// list: pass a backend to run it, a <see cref="Tape"/> to differentiate it.
/// </summary>
public sealed partial class Decoder(ModelConfig config, Weights weights)
{
    public ModelConfig Config { get; } = config;

    public Weights Weights { get; } = weights;

    /// <summary>The embedding of every token as the lens reads it, [V, D].</summary>
    public Tensor Unembedding => Config.TiedEmbeddings ? Weights[WeightNames.Embed] : Weights[WeightNames.Unembed];

    /// <summary>The same model with weights of its own, in float32 whatever these are kept in: what training may write to. The caller
    /// disposes them.</summary>
    public Decoder Copy(ITensorOps ops) => new(Config, new Weights(Config, (name, shape) => ops.FromArray(Weights[name].ToArray(), shape)));

    /// <summary>One pass over a batch.</summary>
    /// <param name="ops">A backend, or a tape over one.</param>
    /// <param name="batch">Token ids [B, T], padded on the right.</param>
    /// <param name="plan">What to record and to edit in this call.</param>
    /// <param name="cache">Keys and values of what came before; the batch continues it.</param>
    /// <param name="logits">Which positions get logits.</param>
    /// <exception cref="ArgumentException">A token id is outside the vocabulary, the plan names an unknown site, or the cache is full.</exception>
    public ForwardPass Forward(
        ITensorOps ops, TokenBatch batch, SitePlan? plan = null, KeyValueCache? cache = null, LogitsAt logits = LogitsAt.All)
    {
        Check(batch);
        cache?.Reserve(batch);
        var sites = new SiteVisitor(ops, plan ?? SitePlan.None, Config.Layers);
        Tensor x = ops.Embedding(Weights[WeightNames.Embed], batch.Ids, batch.Rows, batch.Width);
        x = Config.EmbeddingScale == 1 ? x : ops.Mul(x, Config.EmbeddingScale);
        x = Config.EmbeddingNorm ? Norm(ops, WeightNames.EmbedNorm, x) : x;
        return Blocks(ops, sites, sites.At(Sites.Embed, x), 0, batch, cache, logits);
    }

    /// <summary>
    /// The rest of a pass: what comes before an edit need not be run again for every edit. Given the values that the whole pass had at the
    /// entrance, it gives the same bits as the whole pass.
    /// </summary>
    /// <param name="ops">A backend, or a tape over one.</param>
    /// <param name="batch">Token ids [B, T]; only the rows' lengths matter here.</param>
    /// <param name="entrance">Where to go on.</param>
    /// <param name="values">The values at <see cref="Entrance.Sites"/>, before any edit there. Positions beyond a row's length may hold
    /// anything.</param>
    /// <param name="plan">What to record and to edit; nothing before the last of those sites.</param>
    /// <param name="logits">Which positions get logits.</param>
    /// <exception cref="ArgumentException">There is no such block, the values have other shapes, or the plan names an unknown site or one
    /// that has passed.</exception>
    public ForwardPass ForwardFrom(
        ITensorOps ops, TokenBatch batch, Entrance entrance, IReadOnlyList<Tensor> values, SitePlan? plan = null, LogitsAt logits = LogitsAt.All)
    {
        int[] widths = entrance.AtNeurons ? [Config.HiddenSize, Config.IntermediateSize] : [Config.HiddenSize];
        if ((uint)entrance.Layer >= (uint)Config.Layers || values.Count != widths.Length
            || values.Zip(widths).Any(pair => !pair.First.Shape.SequenceEqual([batch.Rows, batch.Width, pair.Second])))
        {
            throw new ArgumentException(
                $"A pass of {batch.Rows} rows × {batch.Width} positions cannot go on from block {entrance.Layer} of {Config.Layers} with {string.Join(" and ", values)}.",
                nameof(values));
        }

        var sites = new SiteVisitor(ops, plan ?? SitePlan.None, Config.Layers, entrance.Sites[^1]);
        return entrance.AtNeurons
            ? Blocks(ops, sites, BehindNeurons(ops, sites, entrance.Layer, values[0], values[1]), entrance.Layer + 1, batch, cache: null, logits)
            : Blocks(ops, sites, values[0], entrance.Layer, batch, cache: null, logits);
    }

    private ForwardPass Blocks(
        ITensorOps ops, SiteVisitor sites, Tensor x, int from, TokenBatch batch, KeyValueCache? cache, LogitsAt logits)
    {
        var positions = new AttentionPositions(ops, Config, batch, cache);

        // Without logits nothing is asked of the blocks above the last that the plan names; a cache wants the keys and values of all.
        int end = logits == LogitsAt.None && cache is null ? sites.BlocksSeen : Config.Layers;

        // Where only last positions get logits, the last block runs at them alone, if the plan does not look into it: other positions give keys and values.
        bool narrowsEarly = logits == LogitsAt.Last && sites.BlocksSeen < Config.Layers && from < Config.Layers;
        for (int layer = from; layer < end; layer++)
        {
            bool lastOnly = narrowsEarly && layer == Config.Layers - 1;

            // A block's inner results die with it, so that memory does not grow with depth; a tape needs them.
            using TensorScope? block = ops is Tape ? null : new TensorScope();
            x = sites.At(layer, Sites.ResidPreName, x);
            Tensor attention = Attention(ops, sites, layer, x, positions, cache, lastOnly);
            x = ops.Add(lastOnly ? batch.Last(ops, x) : x, attention);
            x = sites.At(layer, Sites.ResidMidName, x);
            x = BehindNeurons(ops, sites, layer, x, Neurons(ops, sites, layer, x));
            foreach (Tensor kept in sites.Recorded.Values.Append(x))
            {
                block?.Keep(kept);
            }
        }

        cache?.Advance(batch);
        x = logits == LogitsAt.Last && !narrowsEarly ? batch.Last(ops, x) : x;
        return new ForwardPass(logits == LogitsAt.None ? null : Unembed(ops, sites, x), sites.Recorded);
    }

    /// <summary>
    /// Logits of residual states [..., D]: with the final norm (<paramref name="normed"/>, what the model itself does) or without it
    /// (as the paper's released lens does).
    /// </summary>
    public Tensor Lens(ITensorOps ops, Tensor states, bool normed = true)
    {
        Tensor x = normed ? Norm(ops, WeightNames.FinalNorm, states) : states;
        return Cap(ops, ops.Linear(x, Unembedding), Config.FinalSoftCap);
    }

    private Tensor Unembed(ITensorOps ops, SiteVisitor sites, Tensor x)
    {
        x = sites.At(Sites.FinalNorm, Norm(ops, WeightNames.FinalNorm, x));
        return sites.At(Sites.Logits, Cap(ops, ops.Linear(x, Unembedding), Config.FinalSoftCap));
    }

    private Tensor Norm(ITensorOps ops, string name, Tensor x) => Config.Norm.Kind == NormKind.Rms
        ? ops.RmsNorm(x, Weights[$"{name}.weight"], Config.Norm.Eps, Config.Norm.Offset)
        : ops.LayerNorm(x, Weights[$"{name}.weight"], Weights[$"{name}.bias"], Config.Norm.Eps);

    private Tensor Project(ITensorOps ops, int layer, string name, Tensor x) => ops.Linear(
        x, Weights[WeightNames.Block(layer, $"{name}.weight")], Weights.Find(WeightNames.Block(layer, $"{name}.bias")));

    private static Tensor Cap(ITensorOps ops, Tensor x, float? cap) =>
        cap is { } c ? ops.Mul(ops.Tanh(ops.Mul(x, 1 / c)), c) : x;

    private void Check(TokenBatch batch)
    {
        int outside = Array.FindIndex(batch.Ids, id => (uint)id >= (uint)Config.VocabularySize);
        if (outside >= 0)
        {
            throw new ArgumentException($"Token id {batch.Ids[outside]} is outside the vocabulary of {Config.VocabularySize}.", nameof(batch));
        }
    }
}
