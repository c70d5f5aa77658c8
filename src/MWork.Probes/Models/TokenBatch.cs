using MWork.Probes.Tensors;

namespace MWork.Probes.Models;

/// <summary>
/// Token ids [B, T], row-major, padded on the right. Padding is never seen by a real token: attention is causal, so nothing needs to
/// mask it, and a row gives the same bits alone and in any batch.
/// </summary>
public sealed class TokenBatch
{
    private TokenBatch(int[] ids, int[] lengths, int width)
    {
        Ids = ids;
        Lengths = lengths;
        Width = width;
    }

    public IReadOnlyList<int> Lengths { get; }

    /// <summary>Row-major ids; beyond a row's length they are padding.</summary>
    public int[] Ids { get; }

    public int Rows => Lengths.Count;

    /// <summary>T, the length of the longest row.</summary>
    public int Width { get; }

    /// <summary>Pads rows to the longest with <paramref name="padding"/>.</summary>
    /// <exception cref="ArgumentException">There is no row, or an empty one.</exception>
    public static TokenBatch Of(IReadOnlyList<int[]> rows, int padding = 0)
    {
        if (rows.Count == 0 || rows.Any(row => row.Length == 0))
        {
            throw new ArgumentException("A batch needs at least one row, and every row at least one token.", nameof(rows));
        }

        int width = rows.Max(row => row.Length);
        int[] ids = new int[rows.Count * width];
        Array.Fill(ids, padding);
        for (int row = 0; row < rows.Count; row++)
        {
            rows[row].CopyTo(ids, row * width);
        }

        return new TokenBatch(ids, rows.Select(row => row.Length).ToArray(), width);
    }

    /// <summary>For every row, the index into [B·T] of its last token.</summary>
    public int[] LastPositions() => Enumerable.Range(0, Rows).Select(row => (row * Width) + Lengths[row] - 1).ToArray();

    /// <summary>Of values at every position, [B, T, …], those of each row's last token, [B, 1, …].</summary>
    internal Tensor Last(ITensorOps ops, Tensor values)
    {
        int size = values.Count / Ids.Length;
        return ops.Reshape(ops.IndexSelect(ops.Reshape(values, Ids.Length, size), 0, LastPositions()), Rows, 1, size);
    }

    /// <summary>The id that follows each position, −1 where none does: the targets of next-token prediction.</summary>
    public int[] NextTokens()
    {
        int[] targets = new int[Ids.Length];
        for (int row = 0; row < Rows; row++)
        {
            for (int t = 0; t < Width; t++)
            {
                targets[(row * Width) + t] = t + 1 < Lengths[row] ? Ids[(row * Width) + t + 1] : -1;
            }
        }

        return targets;
    }
}
