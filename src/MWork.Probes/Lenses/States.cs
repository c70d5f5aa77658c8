using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Tensors;

namespace MWork.Probes.Lenses;

/// <summary>Residual states of prompts, one vector [D] per prompt and layer.</summary>
public static class States
{
    /// <summary>The state that each of the layers leaves at each prompt's last position: [layer][prompt][D].</summary>
    public static float[][][] AtLastPosition(LanguageModel model, IReadOnlyList<int[]> prompts, IReadOnlyList<int> layers) =>
        Gather(model, prompts, layers, (ops, states, batch) => ops.IndexSelect(states, 0, batch.Tokens.LastPositions()));

    /// <summary>The mean over each prompt's positions of the state that each of the layers leaves: [layer][prompt][D].</summary>
    public static float[][][] MeanPooled(LanguageModel model, IReadOnlyList<int[]> prompts, IReadOnlyList<int> layers) =>
        Gather(model, prompts, layers, (ops, states, batch) =>
        {
            int rows = batch.Tokens.Rows;
            float[] weights = new float[rows * rows * batch.Tokens.Width];
            foreach (int position in batch.RealPositions())
            {
                int row = position / batch.Tokens.Width;
                weights[(row * rows * batch.Tokens.Width) + position] = 1f / batch.Tokens.Lengths[row];
            }

            return ops.MatMul(ops.FromArray(weights, rows, rows * batch.Tokens.Width), states);
        });

    private static float[][][] Gather(
        LanguageModel model, IReadOnlyList<int[]> prompts, IReadOnlyList<int> layers, Func<ITensorOps, Tensor, PromptBatch, Tensor> pick)
    {
        int width = model.Decoder.Config.HiddenSize;
        float[][][] result = layers.Select(_ => new float[prompts.Count][]).ToArray();
        SitePlan plan = SitePlan.None.Record(layers.Select(Sites.ResidPost));
        foreach (PromptBatch batch in PromptBatch.Split(prompts))
        {
            using var scope = new TensorScope();
            ForwardPass pass = model.Decoder.Forward(model.Ops, batch.Tokens, plan, logits: LogitsAt.None);
            for (int i = 0; i < layers.Count; i++)
            {
                Tensor states = model.Ops.Reshape(pass[Sites.ResidPost(layers[i])], batch.Tokens.Ids.Length, width);
                float[] picked = pick(model.Ops, states, batch).ToArray();
                for (int row = 0; row < batch.Tokens.Rows; row++)
                {
                    result[i][batch.Start + row] = picked[(row * width)..((row + 1) * width)];
                }
            }
        }

        return result;
    }
}
