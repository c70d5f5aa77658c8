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

    /// <summary>Measures prompts in batches, all views in one pass over the model.</summary>
    /// <param name="model">The model to look into.</param>
    /// <param name="prompts">Token ids per prompt.</param>
    /// <param name="languages">Which language each token bears.</param>
    /// <param name="top">k, how many of the highest language-bearing tokens count.</param>
    /// <param name="views">How to look.</param>
    /// <returns>One result per view.</returns>
    public static LensShares[] Measure(
        LanguageModel model, IReadOnlyList<int[]> prompts, TokenLanguages languages, int top, params IReadOnlyList<LensView> views)
    {
        int layers = model.Decoder.Config.Layers;
        LensShares[] results = [.. views.Select(_ => new LensShares(
            new float[prompts.Count * layers * languages.Languages.Count], prompts.Count, layers, languages.Languages.Count))];
        SitePlan plan = SitePlan.None.Record(Enumerable.Range(0, layers).Select(Sites.ResidPost));
        int[] bearing = [.. languages.Bearing];
        PromptBatch.Each(model, prompts, batch =>
        {
            using var scope = new TensorScope();
            ForwardPass pass = model.Decoder.Forward(model.Ops, batch.Tokens, plan, logits: LogitsAt.None);
            Array.ForEach(results, result => result.Forget(batch));
            for (int layer = 0; layer < layers; layer++)
            {
                Tensor states = model.Ops.Reshape(pass[Sites.ResidPost(layer)], batch.Tokens.Ids.Length, model.Decoder.Config.HiddenSize);
                for (int view = 0; view < views.Count; view++)
                {
                    int[] positions = views[view].AllPositions ? batch.RealPositions() : batch.Tokens.LastPositions();
                    Tensor picked = model.Ops.IndexSelect(states, 0, positions);
                    Tensor logits = model.Ops.IndexSelect(views[view].Lens.Logits(model.Ops, model.Decoder, picked, layer), 1, bearing);
                    results[view].Count(batch, layer, positions, model.Ops.TopK(logits, top), id => languages[bearing[id]], top);
                }
            }
        });

        return results;
    }

    private void Forget(PromptBatch batch) =>
        Array.Clear(_shares, batch.Start * _layers * _languages, batch.Tokens.Rows * _layers * _languages);

    // highest is [positions, top]
    private void Count(PromptBatch batch, int layer, int[] positions, int[] highest, Func<int, int> languageOf, int top)
    {
        int[] perRow = new int[batch.Tokens.Rows];
        Array.ForEach(positions, position => perRow[position / batch.Tokens.Width]++);
        for (int i = 0; i < highest.Length; i++)
        {
            int row = positions[i / top] / batch.Tokens.Width;
            int at = ((((batch.Start + row) * _layers) + layer) * _languages) + languageOf(highest[i]);
            _shares[at] += 1f / (top * perRow[row]);
        }
    }
}

/// <summary>One way of looking: a lens, at each prompt's last position or averaged over all of them.</summary>
public readonly record struct LensView(ILens Lens, bool AllPositions = false);
