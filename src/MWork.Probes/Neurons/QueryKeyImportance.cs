using MWork.Probes.Models;
using MWork.Probes.Tensors;

namespace MWork.Probes.Neurons;

/// <summary>
/// How much attention changes when one query or key coordinate is off, for every coordinate: ‖softmax(S − Δ) − softmax(S)‖². S −
/// Δ is the product of queries and keys with that coordinate at zero, so many coordinates of several heads are one matrix
/// product.
/// </summary>
/// <remarks>
/// A block of coordinates is done at a time, so memory is a constant, or a few T² where one score matrix is larger than that: it
/// does not grow with rows × T². One document at a time, so that neither padding nor the batch around it can reach the numbers.
/// </remarks>
internal sealed class QueryKeyImportance(Decoder decoder, PlndOptions options)
{
    // A megabyte of scores: a few such buffers stay in the second-level cache. A device with memory of its own is slowed by every block that
    // it is sent, and takes more at a time.
    private const int BlockElements = 1 << 18;
    private const int LargestBlock = 1 << 28;
    private const int BytesPerElement = 64;

    private readonly ModelConfig _config = decoder.Config;
    private readonly int _repeats = decoder.Config.Heads / decoder.Config.KeyValueHeads;

    /// <summary>Squared changes per query head's coordinate [H·d] and per row of W_K [G·d] in one document.</summary>
    /// <param name="query">The query projection [1, T, H·d].</param>
    /// <param name="key">The key projection [1, T, G·d].</param>
    public (double[] Query, double[] Key) Squares(
        ITensorOps ops, int layer, Tensor query, Tensor key, AttentionPositions positions)
    {
        var document = new DocumentHeads(ops, decoder, layer, query, key, positions);
        double[] querySquares = new double[_config.Heads * _config.HeadSize];
        double[] keySquares = new double[_config.KeyValueHeads * _config.HeadSize];
        bool byRow = options.QueryKey == QueryKeyDefinition.Row;
        foreach ((int head, int heads, int[] coordinates) in Blocks(document.Length, document.Used(byRow), ops.FreeMemory))
        {
            using var scope = new TensorScope();
            Tensor clean = document.Probs(document.QueriesOff(head, heads, [], unscaled: false), head, heads);
            Tensor off = byRow
                ? document.QueryRowsOff(head, heads, coordinates)
                : document.QueriesOff(head, heads, coordinates, options.Oddities.UnscaledDelta);
            float[] changes = document.Changes(document.Probs(off, head, heads), clean);
            float[] keyChanges = byRow
                ? document.Changes(document.ProbsOfKeyRowsOff(head, heads, coordinates), clean)
                : changes;
            for (int i = 0; i < changes.Length; i++)
            {
                int h = head + (i / coordinates.Length);
                int k = coordinates[i % coordinates.Length];
                querySquares[(h * _config.HeadSize) + k] = changes[i];
                keySquares[(h / _repeats * _config.HeadSize) + k] += keyChanges[i];
            }
        }

        return (querySquares, keySquares);
    }

    // Several heads while all their coordinates fit, else one head and as many coordinates as fit. A group's heads come in ascending order.
    private IEnumerable<(int Head, int Heads, int[] Coordinates)> Blocks(int length, int[][] used, long? memory)
    {
        long elements = memory is { } free ? Math.Clamp(free / BytesPerElement, BlockElements, LargestBlock) : BlockElements;
        int fit = (int)Math.Max(elements / ((long)length * Math.Max(length, _config.HeadSize)), 1);
        for (int head = 0, heads; head < used.Length; head += heads)
        {
            int[] coordinates = used[head];
            for (heads = 1; head + heads < used.Length; heads++)
            {
                int[] together = [.. coordinates.Union(used[head + heads]).Order()];
                if ((heads + 1) * together.Length > fit)
                {
                    break;
                }

                coordinates = together;
            }

            foreach (int[] block in coordinates.Chunk(fit))
            {
                yield return (head, heads, block);
            }
        }
    }
}
