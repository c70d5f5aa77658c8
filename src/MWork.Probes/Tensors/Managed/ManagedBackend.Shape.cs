using static MWork.Probes.Tensors.Shapes;

namespace MWork.Probes.Tensors.Managed;

public sealed unsafe partial class ManagedBackend
{
    // Side of the squares in which the last two dimensions are swapped: 32 cache lines in, 32 out.
    private const int TransposeTile = 32;

    public Tensor Reshape(Tensor x, params ReadOnlySpan<int> shape)
    {
        RequireReshape(x, shape);
        return new ManagedTensor(Own(x), shape);
    }

    public Tensor Transpose(Tensor x, int dim0, int dim1)
    {
        ManagedTensor input = Own(x);
        int first = Math.Min(Axis(x, dim0), Axis(x, dim1));
        int second = Math.Max(Axis(x, dim0), Axis(x, dim1));
        int[] shape = x.Shape.ToArray();
        (shape[first], shape[second]) = (shape[second], shape[first]);
        var output = new ManagedTensor(shape);
        float* from = input.Data;
        float* to = output.Data;

        // [outer, n0, middle, n1, inner] → [outer, n1, middle, n0, inner]
        int outer = Product(x.Shape[..first]);
        int n0 = x.Size(first);
        int n1 = x.Size(second);
        int middle = first == second ? 1 : Product(x.Shape[(first + 1)..second]);
        int inner = Product(x.Shape[(second + 1)..]);
        if (first == second)
        {
            Lanes.Copy(from, to, x.Count);
        }
        else if (inner == 1)
        {
            int plane = n0 * middle * n1;
            int tiles = (n1 + TransposeTile - 1) / TransposeTile;
            _workers.For(outer * middle * tiles, Grain(ArithmeticGrain, (long)n0 * TransposeTile), (start, end) =>
            {
                for (int i = start; i < end; i++)
                {
                    int m = i / tiles % middle;
                    long block = (long)(i / tiles / middle) * plane;
                    TransposePanel(
                        from + block + (m * n1), (long)middle * n1, to + block + (m * n0), (long)middle * n0,
                        n0, n1, i % tiles * TransposeTile);
                }
            });
        }
        else
        {
            _workers.For(outer * n1 * middle, Grain(StreamGrain, (long)n0 * inner), (start, end) =>
                CopySwapped(from, to, (n0, middle, n1, inner), start, end));
        }

        GC.KeepAlive(input);
        return output;
    }

    public Tensor Narrow(Tensor x, int dim, int start, int length)
    {
        int axis = Axis(x, dim);
        if (start < 0 || length < 0 || start + length > x.Size(axis))
        {
            throw new ArgumentException(
                $"Narrow: [{start}, {start + length}) is out of range for dimension {dim} of shape {Tensor.Describe(x.Shape)}.", nameof(start));
        }

        ManagedTensor input = Own(x);
        var output = new ManagedTensor(With(x.Shape, axis, length));
        int inner = Product(x.Shape[(axis + 1)..]);
        CopyChunks(
            input.Data + ((long)start * inner), x.Size(axis) * inner, output.Data, length * inner, Product(x.Shape[..axis]), length * inner);
        GC.KeepAlive(input);
        return output;
    }

    public Tensor Cat(ReadOnlySpan<Tensor> tensors, int dim)
    {
        if (tensors.IsEmpty)
        {
            throw new ArgumentException("Cat: no tensors.", nameof(tensors));
        }

        Tensor first = tensors[0];
        int axis = Axis(first, dim);
        int size = 0;
        foreach (Tensor tensor in tensors)
        {
            if (tensor.Rank != first.Rank || !With(tensor.Shape, axis, 0).AsSpan().SequenceEqual(With(first.Shape, axis, 0)))
            {
                throw Misfit("Cat", first, tensor, $"they must agree in all dimensions but {dim}.");
            }

            size += tensor.Size(axis);
        }

        var output = new ManagedTensor(With(first.Shape, axis, size));
        int outer = Product(first.Shape[..axis]);
        int inner = Product(first.Shape[(axis + 1)..]);
        int done = 0;
        foreach (Tensor tensor in tensors)
        {
            ManagedTensor input = Own(tensor);
            int length = tensor.Size(axis) * inner;
            CopyChunks(input.Data, length, output.Data + done, size * inner, outer, length);
            done += length;
            GC.KeepAlive(input);
        }

        return output;
    }

    public Tensor RepeatInterleave(Tensor x, int repeats, int dim)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(repeats);
        int axis = Axis(x, dim);
        ManagedTensor input = Own(x);
        var output = new ManagedTensor(With(x.Shape, axis, checked(x.Size(axis) * repeats)));
        int inner = Product(x.Shape[(axis + 1)..]);
        for (int i = 0; i < repeats; i++)
        {
            CopyChunks(
                input.Data, inner, output.Data + ((long)i * inner), inner * repeats, Product(x.Shape[..(axis + 1)]), inner);
        }

        GC.KeepAlive(input);
        return output;
    }

    /// <summary>Copies <paramref name="chunks"/> runs of <paramref name="length"/> elements that lie a stride apart.</summary>
    private void CopyChunks(float* from, int fromStride, float* to, int toStride, int chunks, int length)
    {
        if (length == 0 || chunks == 0)
        {
            return;
        }

        // One long run is cut in pieces, so that its copy is threaded too.
        int pieces = chunks == 1 ? Math.Max(1, length / StreamGrain) : 1;
        _workers.For(chunks * pieces, Grain(StreamGrain, length / pieces), (start, end) =>
        {
            for (int i = start; i < end; i++)
            {
                int chunk = i / pieces;
                int first = (int)((long)length * (i % pieces) / pieces);
                int last = (int)((long)length * ((i % pieces) + 1) / pieces);
                Lanes.Copy(from + ((long)chunk * fromStride) + first, to + ((long)chunk * toStride) + first, last - first);
            }
        });
    }

    private static void CopySwapped(float* from, float* to, (int N0, int Middle, int N1, int Inner) size, int start, int end)
    {
        (int n0, int middle, int n1, int inner) = size;
        long step = (long)middle * n1 * inner;
        for (int i = start; i < end; i++)
        {
            int m = i % middle;
            int j = i / middle % n1;
            long block = (long)(i / middle / n1) * n0 * step;
            float* source = from + block + (((long)m * n1) + j) * inner;
            float* target = to + ((long)i * n0 * inner);
            for (int k = 0; k < n0; k++)
            {
                Lanes.Copy(source + (k * step), target + ((long)k * inner), inner);
            }
        }
    }

    /// <summary>Swaps rows and columns for the columns [column, column + tile) of an n0 × n1 matrix.</summary>
    private static void TransposePanel(float* from, long fromStride, float* to, long toStride, int n0, int n1, int column)
    {
        int last = Math.Min(n1, column + TransposeTile);
        for (int i = 0; i < n0; i += TransposeTile)
        {
            int lastRow = Math.Min(n0, i + TransposeTile);
            for (int j = column; j < last; j++)
            {
                float* target = to + (j * toStride);
                float* source = from + j;
                for (int k = i; k < lastRow; k++)
                {
                    target[k] = source[k * fromStride];
                }
            }
        }
    }
}
