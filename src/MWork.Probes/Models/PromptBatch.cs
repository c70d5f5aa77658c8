namespace MWork.Probes.Models;

/// <summary>A run of prompts, padded together, and where it starts in the list that it was cut from.</summary>
public sealed record PromptBatch(int Start, TokenBatch Tokens)
{
    /// <summary>Rows per batch: enough to keep the kernels busy, few enough to stay in the cache.</summary>
    public const int DefaultRows = 64;

    /// <summary>Hands on prompts in batches, in order.</summary>
    /// <param name="body">May be called again for the same prompts (<see cref="Batches.Each"/>).</param>
    public static void Each(LanguageModel model, IReadOnlyList<int[]> prompts, Action<PromptBatch> body) =>
        new Batches(model.Ops, model.Decoder.Config, DefaultRows).Each(
            prompts, prompt => prompt.Length, (start, own) => body(new PromptBatch(start, TokenBatch.Of(own))));

    /// <summary>Indices into [B·T] of every token that is not padding, row by row.</summary>
    public int[] RealPositions() => Enumerable.Range(0, Tokens.Rows)
        .SelectMany(row => Enumerable.Range(row * Tokens.Width, Tokens.Lengths[row])).ToArray();
}
