using MWork.Probes.Interventions;
using MWork.Probes.Tensors;

namespace MWork.Probes.Models;

/// <summary>
/// The clean residual streams of prompts as one block finds them, to go on from there any number of times
/// (<see cref="Decoder.ForwardFrom"/>): the blocks below run once, whatever is tried above them.
/// </summary>
public sealed class ResidualStart : IDisposable
{
    private readonly IReadOnlyList<int[]> _prompts;
    private readonly Tensor _states; // [tokens of all prompts, D]
    private readonly int[] _first;

    private ResidualStart(int layer, IReadOnlyList<int[]> prompts, Tensor states)
    {
        Layer = layer;
        _prompts = prompts;
        _states = states;
        _first = new int[prompts.Count];
        for (int i = 1; i < prompts.Count; i++)
        {
            _first[i] = _first[i - 1] + prompts[i - 1].Length;
        }
    }

    /// <summary>The block that is next.</summary>
    public int Layer { get; }

    /// <summary>Runs prompts (token ids) up to the highest of some blocks.</summary>
    /// <param name="layers">The blocks.</param>
    /// <param name="model">Weights are not touched.</param>
    /// <param name="prompts">Token ids.</param>
    /// <returns>One per block, in the order of <paramref name="layers"/>.</returns>
    /// <exception cref="ArgumentException">There is no such block, a prompt is empty, or a token id is outside the vocabulary.</exception>
    public static ResidualStart[] Before(IReadOnlyList<int> layers, LanguageModel model, IReadOnlyList<int[]> prompts)
    {
        SitePlan plan = SitePlan.None.Record(layers.Select(Sites.ResidPre));
        using var scope = new TensorScope();
        List<Tensor>[] parts = [.. layers.Select(_ => new List<Tensor>())];
        PromptBatch.Each(model, prompts, batch =>
        {
            using var inner = new TensorScope();
            ForwardPass pass = model.Decoder.Forward(model.Ops, batch.Tokens, plan, logits: LogitsAt.None);
            Tensor[] states = [.. layers.Select(layer => model.Ops.IndexSelect(
                model.Ops.Reshape(pass[Sites.ResidPre(layer)], batch.Tokens.Ids.Length, model.Decoder.Config.HiddenSize), 0, batch.RealPositions()))];

            // Last, when memory can no longer run out: a batch that is tried again must not be in the list already.
            for (int i = 0; i < states.Length; i++)
            {
                parts[i].Add(inner.Keep(states[i]));
            }
        });

        return [.. layers.Zip(parts, (layer, own) => new ResidualStart(layer, prompts, TensorScope.Detach(model.Ops.Cat(own.ToArray(), 0))))];
    }

    /// <summary>A batch of some of the prompts, in the order named; one may stand in it several times.</summary>
    /// <returns>The batch and its states [B, T, D].</returns>
    public (TokenBatch Tokens, Tensor State) Rows(ITensorOps ops, IReadOnlyList<int> prompts)
    {
        TokenBatch tokens = TokenBatch.Of([.. prompts.Select(prompt => _prompts[prompt])]);
        int[] positions = new int[tokens.Ids.Length];
        for (int i = 0; i < positions.Length; i++)
        {
            // Padding holds its row's last state again; no real token sees it.
            (int row, int t) = (i / tokens.Width, i % tokens.Width);
            positions[i] = _first[prompts[row]] + Math.Min(t, tokens.Lengths[row] - 1);
        }

        Tensor states = ops.IndexSelect(_states, 0, positions);
        return (tokens, ops.Reshape(states, tokens.Rows, tokens.Width, _states.Size(1)));
    }

    public void Dispose() => _states.Dispose();
}
