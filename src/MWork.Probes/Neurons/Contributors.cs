using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Tensors;

namespace MWork.Probes.Neurons;

/// <summary>How many feed-forward neurons take part in what a layer adds at a prompt's last position.</summary>
public static class Contributors
{
    /// <summary>
    /// Per prompt, the smallest number of neurons that make up <paramref name="share"/> of Σ |activation| · ‖w_down‖ in a layer, summed over layers.
    /// </summary>
    /// <param name="prompts">Token ids per prompt.</param>
    /// <param name="share">In (0, 1].</param>
    /// <returns>One number per prompt, at least the number of layers.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share is outside (0, 1].</exception>
    public static double[] Count(LanguageModel model, IReadOnlyList<int[]> prompts, IReadOnlyList<int> layers, double share)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(share, 1);
        int neurons = model.Decoder.Config.IntermediateSize;
        double[][] norms = [.. layers.Select(layer => OutputNorms.Of(model.Decoder, layer).Ffn)];
        double[] counts = new double[prompts.Count];
        SitePlan plan = SitePlan.None.Record(layers.Select(Sites.FfnActivation));
        PromptBatch.Each(model, prompts, batch =>
        {
            using var scope = new TensorScope();
            ForwardPass pass = model.Decoder.Forward(model.Ops, batch.Tokens, plan, logits: LogitsAt.None);
            Array.Clear(counts, batch.Start, batch.Tokens.Rows);
            for (int i = 0; i < layers.Count; i++)
            {
                Tensor rows = model.Ops.Reshape(pass[Sites.FfnActivation(layers[i])], batch.Tokens.Ids.Length, neurons);
                float[] last = model.Ops.IndexSelect(rows, 0, batch.Tokens.LastPositions()).ToArray();
                for (int row = 0; row < batch.Tokens.Rows; row++)
                {
                    counts[batch.Start + row] += Needed(last.AsSpan(row * neurons, neurons), norms[i], share);
                }
            }
        });

        return counts;
    }

    private static int Needed(ReadOnlySpan<float> activations, double[] norms, double share)
    {
        double[] contributions = new double[norms.Length];
        for (int k = 0; k < norms.Length; k++)
        {
            contributions[k] = Math.Abs(activations[k]) * norms[k];
        }

        Array.Sort(contributions);
        double wanted = contributions.Sum() * share;
        double sum = 0;
        for (int taken = 1; taken <= contributions.Length; taken++)
        {
            sum += contributions[^taken];
            if (sum >= wanted)
            {
                return taken;
            }
        }

        return contributions.Length;
    }
}
