using MWork.Probes.Tensors;

namespace MWork.Probes.Models;

/// <summary>
/// Work in batches: as many rows as are wanted, or as the device has memory for. Where memory runs out all the same, half as many are
/// tried and the work goes on; which rows share a batch changes no row's result, but for rounding on a GPU.
/// </summary>
/// <param name="memory">Bytes for a batch; null for any number.</param>
/// <param name="config">Says how much memory a row takes.</param>
/// <param name="rows">The most rows at a time.</param>
public sealed class Batches(long? memory, ModelConfig config, int rows)
{
    private int _rows = rows;

    /// <param name="ops">Where the work is done.</param>
    public Batches(ITensorOps ops, ModelConfig config, int rows)
        : this(ops.FreeMemory, config, rows)
    {
    }

    /// <summary>Told, in one sentence, when memory ran out and how the work goes on; by default it is written to standard error.</summary>
    public static Action<string> Say { get; set; } = Console.Error.WriteLine;

    /// <summary>Hands on all items, in order.</summary>
    /// <param name="items">What there is to do.</param>
    /// <param name="length">An item's tokens.</param>
    /// <param name="body">Given a batch and the index of its first item. It may be called again for the same items: what it adds up, it adds up
    /// last, when no tensor is left to make.</param>
    /// <exception cref="DeviceMemoryException">There is no room for a single row.</exception>
    public void Each<T>(IReadOnlyList<T> items, Func<T, int> length, Action<int, T[]> body)
    {
        for (int start = 0; start < items.Count;)
        {
            T[] batch = [.. items.Skip(start).Take(_rows)];
            batch = batch[..Math.Min(batch.Length, Room(batch.Max(length)))];
            try
            {
                body(start, batch);
                start += batch.Length;
            }
            catch (DeviceMemoryException error) when (batch.Length > 1)
            {
                _rows = batch.Length / 2;
                Say($"{error.Message} Going on with {_rows} rows in place of {batch.Length}.");
            }
        }
    }

    /// <summary>Bytes that a row of so many tokens takes at its dearest: what one block makes, every block's output as a lens records it,
    /// attention in full, and logits with their softmax.</summary>
    public static long BytesPerRow(ModelConfig config, int tokens)
    {
        long block = (12L * config.HiddenSize) + (3L * (config.Heads + config.KeyValueHeads) * config.HeadSize) + (5L * config.IntermediateSize);
        long recorded = (long)config.Layers * config.HiddenSize;
        long attention = 3L * config.Heads * tokens;
        return sizeof(float) * ((tokens * (block + recorded + attention)) + (4L * config.VocabularySize));
    }

    private int Room(int tokens) => memory is { } free ? (int)Math.Clamp(free / BytesPerRow(config, tokens), 1, int.MaxValue) : int.MaxValue;
}
