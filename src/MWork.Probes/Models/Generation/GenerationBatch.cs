using MWork.Probes.Interventions;
using MWork.Probes.Tensors;

namespace MWork.Probes.Models.Generation;

/// <summary>Prompts that run together until each has ended. A row that ends leaves the batch and the cache.</summary>
internal sealed class GenerationBatch(
    Decoder decoder, ITensorOps ops, GenerationOptions options, IReadOnlyList<GenerationRow> batch)
{
    public void Run(CancellationToken cancellation)
    {
        int capacity = batch.Max(row => row.MaxRead);
        using KeyValueCache? cache = options.UseCache ? new KeyValueCache(ops, decoder.Config, batch.Count, capacity) : null;
        IReadOnlyList<GenerationRow> rows = batch;
        for (int step = 0; ; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            Step(step, rows, cache);
            int[] going = [.. Enumerable.Range(0, rows.Count).Where(i => !rows[i].HasEnded)];
            if (going.Length == 0)
            {
                return;
            }

            if (going.Length < rows.Count)
            {
                cache?.Keep(ops, going);
                rows = [.. going.Select(i => rows[i])];
            }
        }
    }

    private void Step(int step, IReadOnlyList<GenerationRow> rows, KeyValueCache? cache)
    {
        using var scope = new TensorScope();
        var tokens = TokenBatch.Of([.. rows.Select(row => row.Unread(cached: cache is not null))]);
        var pass = new GenerationPass(
            step,
            [.. rows.Select(row => row.Index)],
            [.. rows.Select(row => row.PromptLength)],
            cache?.Lengths.ToArray() ?? new int[rows.Count],
            tokens);
        SitePlan? plan = options.Plan?.Invoke(pass);
        ForwardPass forward = decoder.Forward(ops, tokens, plan, cache, LogitsAt.Last);
        options.Observe?.Invoke(pass, forward);
        float[] logits = forward.Logits.ToArray();
        int vocabulary = decoder.Config.VocabularySize;
        for (int row = 0; row < rows.Count; row++)
        {
            rows[row].Extend(logits.AsSpan(row * vocabulary, vocabulary));
        }
    }
}
