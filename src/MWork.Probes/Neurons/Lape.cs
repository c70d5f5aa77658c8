using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Tensors;
using MWork.Probes.Text;

namespace MWork.Probes.Neurons;

/// <summary>
/// Language Activation Probability Entropy (Tang et al. 2024, "Language-Specific Neurons"): FFN neurons that are active on the
/// tokens of few languages. Only counts are kept; activations never are.
/// </summary>
public static class Lape
{
    /// <summary>Documents per forward pass.</summary>
    public const int DefaultRows = 64;

    /// <summary>
    /// Counts, per language and neuron, the tokens on which the neuron is active: act(gate) &gt; 0, which for SiLU and GELU is
    /// gate &gt; 0; in ungated layers the activation itself.
    /// </summary>
    /// <param name="progress">Told how many documents are done, those of <paramref name="resumed"/> among them.</param>
    /// <param name="resumed">Counts of an earlier run; documents that it holds are not measured again.</param>
    /// <param name="afterBatch">Given the counts after every forward pass, to put down what is done.</param>
    /// <exception cref="ArgumentException">A document comes twice or cannot be encoded, or the earlier run was of another model.</exception>
    public static LapeCounts Measure(
        LanguageModel model,
        IEnumerable<Document> documents,
        IProgress<int>? progress = null,
        int rows = DefaultRows,
        LapeCounts? resumed = null,
        Action<LapeCounts>? afterBatch = null,
        CancellationToken cancellation = default)
    {
        ModelConfig config = model.Decoder.Config;
        var counts = new LapeCounts(model.Hash, NeuronLayout.Of(config, [NeuronMatrix.Ffn]));
        if (resumed is not null)
        {
            counts = LapeCounts.Merge([counts, resumed]);
        }

        DocumentPass.Each(
            model, documents, rows, resumed is null ? null : resumed.Holds, ids => Count(model, ids, counts.Layout), counts.AddDocument,
            () =>
            {
                progress?.Report(counts.DocumentCount);
                afterBatch?.Invoke(counts);
            },
            cancellation);

        return counts;
    }

    // [document][place]: only counts leave the device.
    private static long[][] Count(LanguageModel model, int[][] documents, NeuronLayout layout)
    {
        ModelConfig config = model.Decoder.Config;
        long[][] active = [.. documents.Select(_ => new long[layout.Count])];
        using var scope = new TensorScope();
        var batch = new DocumentBatch(model, TokenBatch.Of(documents));
        SitePlan plan = SitePlan.None;
        for (int layer = 0; layer < config.Layers; layer++)
        {
            int offset = layout.Offset(layer, NeuronMatrix.Ffn);
            plan = plan.Observe(
                config.Gated ? Sites.FfnGate(layer) : Sites.FfnActivation(layer), (_, value) => batch.Active(value, active, offset));
        }

        model.Decoder.Forward(model.Ops, batch.Tokens, plan, logits: LogitsAt.None);
        return active;
    }
}
