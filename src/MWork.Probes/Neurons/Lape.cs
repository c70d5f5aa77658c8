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
            documents = documents.Where(document => !resumed.Holds(document.Language.Code, document.Hash));
        }

        foreach ((Document Document, string Hash, int[] Ids)[] batch in DocumentPass.Split(model, documents, rows))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = new TensorScope();
            var tokens = TokenBatch.Of([.. batch.Select(item => item.Ids)]);
            string[] languages = [.. batch.Select(item => item.Document.Language.Code)];
            SitePlan plan = SitePlan.None;
            for (int layer = 0; layer < config.Layers; layer++)
            {
                int offset = counts.Layout.Offset(layer, NeuronMatrix.Ffn);
                plan = plan.Observe(
                    config.Gated ? Sites.FfnGate(layer) : Sites.FfnActivation(layer),
                    (_, value) => Count(value.ToArray(), tokens, languages, counts, offset));
            }

            model.Decoder.Forward(model.Ops, tokens, plan, logits: LogitsAt.None);
            foreach ((Document document, string hash, int[] ids) in batch)
            {
                counts.AddDocument(document.Language.Code, hash, ids.Length);
            }

            progress?.Report(counts.DocumentCount);
            afterBatch?.Invoke(counts);
        }

        return counts;
    }

    // values is [B, T, F]; what stands behind a row's length is padding.
    private static void Count(float[] values, TokenBatch tokens, string[] languages, LapeCounts counts, int offset)
    {
        int width = values.Length / tokens.Ids.Length;
        for (int row = 0; row < tokens.Rows; row++)
        {
            Span<long> active = counts.ActiveTokens(languages[row]).AsSpan(offset, width);
            for (int t = 0; t < tokens.Lengths[row]; t++)
            {
                ReadOnlySpan<float> token = values.AsSpan(((row * tokens.Width) + t) * width, width);
                for (int k = 0; k < width; k++)
                {
                    active[k] += token[k] > 0 ? 1 : 0;
                }
            }
        }
    }
}
