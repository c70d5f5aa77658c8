using MWork.Probes.Interventions;
using MWork.Probes.Tensors;

namespace MWork.Probes.Models;

/// <summary>
/// What a clean pass has at one entrance, for a list of prompts, to go on from there any number of times
/// (<see cref="Decoder.ForwardFrom"/>): what lies below runs once, whatever is tried above.
/// </summary>
public sealed class CleanStart : IDisposable
{
    private readonly IReadOnlyList<int[]> _prompts;
    private readonly Tensor[] _values; // by site of the entrance, [tokens of all prompts, D or F]
    private readonly int[] _first;

    private CleanStart(Entrance entrance, IReadOnlyList<int[]> prompts, Tensor[] values)
    {
        Entrance = entrance;
        _prompts = prompts;
        _values = values;
        _first = new int[prompts.Count];
        for (int i = 1; i < prompts.Count; i++)
        {
            _first[i] = _first[i - 1] + prompts[i - 1].Length;
        }
    }

    public Entrance Entrance { get; }

    /// <summary>Runs prompts (token ids) once, up to the highest of some entrances.</summary>
    /// <param name="entrances">Where passes will go on.</param>
    /// <param name="model">Weights are not touched.</param>
    /// <param name="prompts">Token ids.</param>
    /// <returns>One per entrance, in their order.</returns>
    /// <exception cref="ArgumentException">There is no such block, a prompt is empty, or a token id is outside the vocabulary.</exception>
    public static CleanStart[] At(IReadOnlyList<Entrance> entrances, LanguageModel model, IReadOnlyList<int[]> prompts)
    {
        string[] sites = [.. entrances.SelectMany(entrance => entrance.Sites).Distinct()];
        SitePlan plan = SitePlan.None.Record(sites);
        using var scope = new TensorScope();
        Dictionary<string, List<Tensor>> parts = sites.ToDictionary(site => site, _ => new List<Tensor>());
        PromptBatch.Each(model, prompts, batch =>
        {
            using var inner = new TensorScope();
            ForwardPass pass = model.Decoder.Forward(model.Ops, batch.Tokens, plan, logits: LogitsAt.None);
            int[] real = batch.RealPositions();
            Tensor[] values = [.. sites.Select(site => model.Ops.IndexSelect(
                model.Ops.Reshape(pass[site], batch.Tokens.Ids.Length, pass[site].Size(-1)), 0, real))];

            // Last, when memory can no longer run out: a batch that is tried again must not be in the list already.
            for (int i = 0; i < sites.Length; i++)
            {
                parts[sites[i]].Add(inner.Keep(values[i]));
            }
        });

        return [.. entrances.Select(entrance => new CleanStart(
            entrance, prompts, [.. entrance.Sites.Select(site => TensorScope.Detach(model.Ops.Cat(parts[site].ToArray(), 0)))]))];
    }

    /// <summary>A batch of some of the prompts, in the order named; one may stand in it several times.</summary>
    /// <returns>The batch and its values at the entrance's sites, [B, T, D or F].</returns>
    public (TokenBatch Tokens, Tensor[] Values) Rows(ITensorOps ops, IReadOnlyList<int> prompts)
    {
        TokenBatch tokens = TokenBatch.Of([.. prompts.Select(prompt => _prompts[prompt])]);
        int[] positions = new int[tokens.Ids.Length];
        for (int i = 0; i < positions.Length; i++)
        {
            // Padding holds its row's last values again; no real token sees them.
            (int row, int t) = (i / tokens.Width, i % tokens.Width);
            positions[i] = _first[prompts[row]] + Math.Min(t, tokens.Lengths[row] - 1);
        }

        return (tokens, [.. _values.Select(own => ops.Reshape(ops.IndexSelect(own, 0, positions), tokens.Rows, tokens.Width, own.Size(1)))]);
    }

    public void Dispose() => Array.ForEach(_values, value => value.Dispose());
}
