using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Tensors;

namespace MWork.Probes.Lenses;

/// <summary>
/// Per prompt, layer and language: the share of a language among the k highest language-bearing lens tokens. Layer i is the state
/// that block i leaves behind, so layer 0 is <i>after</i> the first block and the last layer is the model's own output.
/// </summary>
public sealed class LensShares
{
    private readonly float[] _shares;
    private readonly int _layers;
    private readonly int _languages;

    private LensShares(float[] shares, int prompts, int layers, int languages)
    {
        _shares = shares;
        Prompts = prompts;
        _layers = layers;
        _languages = languages;
    }

    public int Prompts { get; }

    public int Layers => _layers;

    /// <summary>A share in [0, 1].</summary>
    public double this[int prompt, int layer, int language] => _shares[(((prompt * _layers) + layer) * _languages) + language];

    /// <summary>Mean share over the layers [<paramref name="from"/>, <paramref name="to"/>).</summary>
    public double Mean(int prompt, int from, int to, int language)
    {
        double sum = 0;
        for (int layer = from; layer < to; layer++)
        {
            sum += this[prompt, layer, language];
        }

        return sum / (to - from);
    }

    /// <summary>Measures prompts in batches.</summary>
    /// <param name="model">The model to look into.</param>
    /// <param name="prompts">Token ids per prompt.</param>
    /// <param name="languages">Which language each token bears.</param>
    /// <param name="lens">How states become logits.</param>
    /// <param name="top">k, how many of the highest language-bearing tokens count.</param>
    /// <param name="allPositions">Average over every position of the prompt instead of its last one.</param>
    public static LensShares Measure(
        LanguageModel model, IReadOnlyList<int[]> prompts, TokenLanguages languages, ILens lens, int top, bool allPositions = false)
    {
        int layers = model.Decoder.Config.Layers;
        int perPrompt = layers * languages.Languages.Count;
        float[] shares = new float[prompts.Count * perPrompt];
        SitePlan plan = SitePlan.None.Record(Enumerable.Range(0, layers).Select(Sites.ResidPost));
        int[] bearing = [.. languages.Bearing];
        foreach (PromptBatch batch in PromptBatch.Split(prompts))
        {
            using var scope = new TensorScope();
            ForwardPass pass = model.Decoder.Forward(model.Ops, batch.Tokens, plan, logits: LogitsAt.None);
            int[] positions = allPositions ? batch.RealPositions() : batch.Tokens.LastPositions();
            for (int layer = 0; layer < layers; layer++)
            {
                Tensor states = model.Ops.Reshape(pass[Sites.ResidPost(layer)], batch.Tokens.Ids.Length, model.Decoder.Config.HiddenSize);
                states = model.Ops.IndexSelect(states, 0, positions);
                Tensor logits = model.Ops.IndexSelect(lens.Logits(model.Ops, model.Decoder, states, layer), 1, bearing);
                int[] highest = model.Ops.TopK(logits, top); // [positions, k]
                for (int i = 0; i < highest.Length; i++)
                {
                    int row = positions[i / top] / batch.Tokens.Width;
                    float weight = 1f / (top * (allPositions ? batch.Tokens.Lengths[row] : 1));
                    int language = languages[bearing[highest[i]]];
                    shares[((batch.Start + row) * perPrompt) + (layer * languages.Languages.Count) + language] += weight;
                }
            }
        }

        return new LensShares(shares, prompts.Count, layers, languages.Languages.Count);
    }
}
