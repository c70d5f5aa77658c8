using MWork.Probes.Tensors;

namespace MWork.Probes.Models.Generation;

/// <summary>
/// Continues prompts, greedily or by sampling, in ragged batches over a key-value cache. On the managed backend a prompt's
/// continuation, and every logit that led to it, has the same bits with and without the cache, alone and among any other
/// prompts in any order.
/// </summary>
public static class Generator
{
    /// <summary>
    /// Continues texts; the tokenizer adds the special tokens that it adds to any text, and no chat template is applied.
    /// </summary>
    /// <returns>One for each prompt, in their order.</returns>
    /// <exception cref="ArgumentException">A prompt is empty or longer than the model has positions for, or an option is out of
    /// range.</exception>
    /// <exception cref="InvalidDataException">The logits hold a NaN or have no finite maximum.</exception>
    public static IReadOnlyList<GeneratedText> Generate(
        LanguageModel model, IReadOnlyList<string> prompts, GenerationOptions? options = null,
        CancellationToken cancellation = default)
    {
        options ??= new GenerationOptions();
        int[][] ids = [.. prompts.Select((prompt, i) => prompt.Length > 0 ? model.Tokenizer.Encode(prompt) : throw Empty(i))];
        options = options with { StopTokens = options.StopTokens ?? (model.Tokenizer.EosId is { } eos ? [eos] : []) };
        return [.. Generate(model.Decoder, model.Ops, ids, options, cancellation)
            .Select((continuation, i) => new GeneratedText(prompts[i], continuation.Text(model.Tokenizer), continuation))];
    }

    /// <summary>Continues token ids.</summary>
    /// <returns>One for each prompt, in their order.</returns>
    /// <exception cref="ArgumentException">As above, or a token id is outside the vocabulary.</exception>
    /// <exception cref="InvalidDataException">The logits hold a NaN or have no finite maximum.</exception>
    public static IReadOnlyList<Continuation> Generate(
        Decoder decoder, ITensorOps ops, IReadOnlyList<int[]> prompts, GenerationOptions? options = null,
        CancellationToken cancellation = default)
    {
        options ??= new GenerationOptions();
        options.Check();
        GenerationRow[] rows = [.. prompts.Select((prompt, i) => Row(decoder.Config, prompt, i, options))];
        new Batches(ops, decoder.Config, options.BatchRows).Each(rows, row => row.MaxRead, (start, batch) =>
        {
            // Anew, because a pass that did not fit the device may have been the tenth.
            GenerationRow[] fresh = [.. batch.Select(row => Row(decoder.Config, prompts[row.Index], row.Index, options))];
            new GenerationBatch(decoder, ops, options, fresh).Run(cancellation);
            fresh.CopyTo(rows, start);
        });
        return [.. rows.Select(row => row.ToContinuation())];
    }

    private static GenerationRow Row(ModelConfig config, int[] prompt, int index, GenerationOptions options)
    {
        if (prompt.Length == 0)
        {
            throw Empty(index);
        }

        // Position p is read to decide the token at p + 1, so the last token decided needs no position of its own.
        int room = config.MaxPositions - prompt.Length + 1;
        return room >= 1
            ? new GenerationRow(index, prompt, Math.Min(room, options.MaxNewTokens), options)
            : throw new ArgumentException(
                $"Prompt {index + 1} has {prompt.Length} tokens, but the model has {config.MaxPositions} positions; shorten it.");
    }

    private static ArgumentException Empty(int index) => new($"Prompt {index + 1} is empty; there must be a token to continue.");
}
