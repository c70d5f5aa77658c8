namespace MWork.Probes.Tensors.Managed;

/// <summary>
/// How b runs along a: rows of <see cref="Inner"/> elements in which b either runs along (<see cref="InnerRepeats"/> false) or stays
/// at one element. Neighbouring dimensions that behave alike are merged, so that rows are as long as they can be.
/// </summary>
internal sealed class BroadcastLayout
{
    private readonly int[] _sizes;
    private readonly int[] _strides;

    private BroadcastLayout(int rows, int inner, bool innerRepeats, int[] sizes, int[] strides)
    {
        Rows = rows;
        Inner = inner;
        InnerRepeats = innerRepeats;
        _sizes = sizes;
        _strides = strides;
    }

    public int Rows { get; }

    public int Inner { get; }

    public bool InnerRepeats { get; }

    /// <exception cref="ArgumentException">b does not broadcast to the shape of a.</exception>
    public static BroadcastLayout Of(string operation, Tensor a, Tensor b)
    {
        var groups = new List<(int Size, bool Repeats)>();
        for (int i = 1; i <= Math.Max(a.Rank, b.Rank); i++)
        {
            int size = i <= a.Rank ? a.Size(-i) : -1;
            int other = i <= b.Rank ? b.Size(-i) : 1;
            if (size < 0 || (other != size && other != 1))
            {
                throw new ArgumentException(
                    $"{operation}: shape {Tensor.Describe(b.Shape)} does not broadcast to {Tensor.Describe(a.Shape)}.", nameof(b));
            }

            bool repeats = other != size;
            if (size == 1 && other == 1)
            {
                continue;
            }

            if (groups.Count > 0 && groups[^1].Repeats == repeats)
            {
                groups[^1] = (groups[^1].Size * size, repeats);
            }
            else
            {
                groups.Add((size, repeats));
            }
        }

        // Innermost first.
        (int inner, bool innerRepeats) = groups.Count == 0 ? (1, false) : groups[0];
        var sizes = new int[Math.Max(0, groups.Count - 1)];
        var strides = new int[sizes.Length];
        int stride = innerRepeats ? 1 : inner;
        int rows = 1;
        for (int i = 0; i < sizes.Length; i++)
        {
            (sizes[i], bool repeats) = groups[i + 1];
            strides[i] = repeats ? 0 : stride;
            stride = repeats ? stride : stride * sizes[i];
            rows *= sizes[i];
        }

        return new BroadcastLayout(inner == 0 ? 0 : rows, inner, innerRepeats, sizes, strides);
    }

    /// <summary>Where b stands at the start of a row.</summary>
    public long Offset(int row)
    {
        long offset = 0;
        for (int i = 0; i < _sizes.Length; i++)
        {
            offset += (long)(row % _sizes[i]) * _strides[i];
            row /= _sizes[i];
        }

        return offset;
    }
}
