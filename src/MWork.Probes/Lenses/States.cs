using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Tensors;

namespace MWork.Probes.Lenses;

/// <summary>Residual states of prompts, one vector [D] per prompt and layer.</summary>
public static class States
{
    /// <summary>One pass over the prompts.</summary>
    /// <param name="model">The model to look into.</param>
    /// <param name="prompts">Token ids per prompt.</param>
    /// <param name="last">Layers whose state at each prompt's last position is wanted.</param>
    /// <param name="pooled">Layers whose state is wanted as a mean over each prompt's positions.</param>
    /// <returns>Both as [layer][prompt][D].</returns>
    public static (float[][][] Last, float[][][] Pooled) Collect(
        LanguageModel model, IReadOnlyList<int[]> prompts, IReadOnlyList<int> last, IReadOnlyList<int> pooled)
    {
        int width = model.Decoder.Config.HiddenSize;
        float[][][] lastStates = [.. last.Select(_ => new float[prompts.Count][])];
        float[][][] pooledStates = [.. pooled.Select(_ => new float[prompts.Count][])];
        SitePlan plan = SitePlan.None.Record(last.Union(pooled).Select(Sites.ResidPost));
        PromptBatch.Each(model, prompts, batch =>
        {
            using var scope = new TensorScope();
            ForwardPass pass = model.Decoder.Forward(model.Ops, batch.Tokens, plan, logits: LogitsAt.None);
            for (int i = 0; i < last.Count; i++)
            {
                Scatter(model.Ops.IndexSelect(Rows(pass, last[i]), 0, batch.Tokens.LastPositions()), lastStates[i], batch.Start);
            }

            for (int i = 0; i < pooled.Count; i++)
            {
                Scatter(model.Ops.MatMul(Averaging(model.Ops, batch), Rows(pass, pooled[i])), pooledStates[i], batch.Start);
            }

            Tensor Rows(ForwardPass recorded, int layer) => model.Ops.Reshape(recorded[Sites.ResidPost(layer)], batch.Tokens.Ids.Length, width);
        });

        return (lastStates, pooledStates);
    }

    private static void Scatter(Tensor rows, float[][] states, int start)
    {
        int at = start;
        foreach (float[] row in rows.ToArray().Chunk(rows.Size(-1)))
        {
            states[at++] = row;
        }
    }

    // [rows, rows·positions]: row r averages over its own real positions.
    private static Tensor Averaging(ITensorOps ops, PromptBatch batch)
    {
        int columns = batch.Tokens.Ids.Length;
        float[] weights = new float[batch.Tokens.Rows * columns];
        foreach (int position in batch.RealPositions())
        {
            int row = position / batch.Tokens.Width;
            weights[(row * columns) + position] = 1f / batch.Tokens.Lengths[row];
        }

        return ops.FromArray(weights, batch.Tokens.Rows, columns);
    }
}
