using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Tensors;

namespace MWork.Probes.Lenses;

/// <summary>Per prompt and layer: the lens's probability of chosen words at the last position, after softmax over the whole vocabulary.
/// Layer i is the state that block i leaves behind.</summary>
public static class LensProbabilities
{
    /// <summary>One pass over the prompts.</summary>
    /// <param name="prompts">Token ids per prompt.</param>
    /// <param name="words">Token ids per prompt.</param>
    /// <returns>[prompt][layer][word].</returns>
    /// <exception cref="ArgumentException">The two lists are not parallel.</exception>
    public static float[][][] Measure(LanguageModel model, ILens lens, IReadOnlyList<int[]> prompts, IReadOnlyList<int[]> words)
    {
        if (prompts.Count != words.Count)
        {
            throw new ArgumentException($"{prompts.Count} prompts, but words for {words.Count}.", nameof(words));
        }

        ModelConfig config = model.Decoder.Config;
        float[][][] result = [.. prompts.Select(_ => new float[config.Layers][])];
        SitePlan plan = SitePlan.None.Record(Enumerable.Range(0, config.Layers).Select(Sites.ResidPost));
        PromptBatch.Each(model, prompts, batch =>
        {
            using var scope = new TensorScope();
            ForwardPass pass = model.Decoder.Forward(model.Ops, batch.Tokens, plan, logits: LogitsAt.None);
            for (int layer = 0; layer < config.Layers; layer++)
            {
                Tensor states = model.Ops.Reshape(pass[Sites.ResidPost(layer)], batch.Tokens.Ids.Length, config.HiddenSize);
                Tensor last = model.Ops.IndexSelect(states, 0, batch.Tokens.LastPositions());
                float[] probabilities = model.Ops.Softmax(lens.Logits(model.Ops, model.Decoder, last, layer)).ToArray();
                for (int row = 0; row < batch.Tokens.Rows; row++)
                {
                    int at = batch.Start + row;
                    result[at][layer] = [.. words[at].Select(word => probabilities[(row * config.VocabularySize) + word])];
                }
            }
        });

        return result;
    }
}
