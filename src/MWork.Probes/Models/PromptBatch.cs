namespace MWork.Probes.Models;

/// <summary>A run of prompts, padded together, and where it starts in the list that it was cut from.</summary>
public sealed record PromptBatch(int Start, TokenBatch Tokens)
{
    /// <summary>Rows per batch: enough to keep the kernels busy, few enough to stay in the cache.</summary>
    public const int DefaultRows = 64;

    /// <summary>Cuts prompts into batches, in order.</summary>
    public static IEnumerable<PromptBatch> Split(IReadOnlyList<int[]> prompts, int rows = DefaultRows)
    {
        for (int start = 0; start < prompts.Count; start += rows)
        {
            yield return new PromptBatch(start, TokenBatch.Of(prompts.Skip(start).Take(rows).ToArray()));
        }
    }

    /// <summary>Indices into [B·T] of every token that is not padding, row by row.</summary>
    public int[] RealPositions() => Enumerable.Range(0, Tokens.Rows)
        .SelectMany(row => Enumerable.Range(row * Tokens.Width, Tokens.Lengths[row])).ToArray();
}
