using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Tensors;

namespace MWork.Probes.Lenses;

/// <summary>The likeliest token behind one layer at one position.</summary>
/// <param name="Token">Its id.</param>
/// <param name="Probability">After softmax over the whole vocabulary.</param>
public readonly record struct LensCell(int Token, float Probability);

/// <summary>What a lens reads at every layer and position of one prompt. Layer i is the state that block i leaves behind, so the last one
/// is the model's own prediction.</summary>
public sealed class LensTable
{
    private readonly LensCell[][] _cells;

    private LensTable(IReadOnlyList<int> prompt, LensCell[][] cells)
    {
        Prompt = prompt;
        _cells = cells;
    }

    /// <summary>Token ids, special tokens included.</summary>
    public IReadOnlyList<int> Prompt { get; }

    public int Layers => _cells.Length;

    public LensCell this[int layer, int position] => _cells[layer][position];

    /// <summary>One pass over the prompt; a layer's logits [T, V] live only while they are read.</summary>
    /// <param name="prompt">Token ids.</param>
    /// <exception cref="ArgumentException">The prompt is empty or longer than the model's positions.</exception>
    public static LensTable Measure(LanguageModel model, ILens lens, int[] prompt)
    {
        ModelConfig config = model.Decoder.Config;
        var cells = new LensCell[config.Layers][];
        SitePlan plan = SitePlan.None;
        for (int layer = 0; layer < config.Layers; layer++)
        {
            int at = layer;
            plan = plan.Observe(Sites.ResidPost(layer), (ops, value) =>
            {
                Tensor logits = lens.Logits(ops, model.Decoder, ops.Reshape(value, prompt.Length, config.HiddenSize), at);
                cells[at] = Highest(ops.Softmax(logits).ToArray(), prompt.Length);
            });
        }

        using var scope = new TensorScope();
        model.Decoder.Forward(model.Ops, TokenBatch.Of([prompt]), plan, logits: LogitsAt.None);
        return new LensTable(prompt, cells);
    }

    // Ties go to the lower id.
    private static LensCell[] Highest(float[] probabilities, int positions)
    {
        int vocabulary = probabilities.Length / positions;
        return [.. Enumerable.Range(0, positions).Select(position =>
        {
            int first = position * vocabulary;
            int best = first;
            for (int i = first + 1; i < first + vocabulary; i++)
            {
                best = probabilities[i] > probabilities[best] ? i : best;
            }

            return new LensCell(best - first, probabilities[best]);
        })];
    }
}
