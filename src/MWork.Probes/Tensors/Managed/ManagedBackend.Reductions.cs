using static MWork.Probes.Tensors.Shapes;

namespace MWork.Probes.Tensors.Managed;

public sealed unsafe partial class ManagedBackend
{
    // Elements under one partial sum of the sum of everything.
    private const int SumBlock = 4096;

    public Tensor Sum(Tensor x, int dim, bool keepDim = false)
    {
        ManagedTensor input = Own(x);
        int axis = Axis(x, dim);
        int size = x.Size(axis);
        int outer = Product(x.Shape[..axis]);
        int inner = Product(x.Shape[(axis + 1)..]);
        int[] shape = keepDim ? With(x.Shape, axis, 1) : [.. x.Shape[..axis], .. x.Shape[(axis + 1)..]];
        var output = new ManagedTensor(shape);
        float* from = input.Data;
        float* to = output.Data;
        if (inner == 1)
        {
            ForRows(outer, size, StreamGrain, (start, end) =>
            {
                for (int i = start; i < end; i++)
                {
                    to[i] = Rows.Sum(from + ((long)i * size), size);
                }
            });
        }
        else
        {
            SumColumns(from, to, outer, size, inner);
        }

        GC.KeepAlive(input);
        return output;
    }

    public Tensor Sum(Tensor x)
    {
        ManagedTensor input = Own(x);
        var output = new ManagedTensor([]);
        int count = input.Count;
        int blocks = (int)(((long)count + SumBlock - 1) / SumBlock);
        Storage partial = Storage.Rent(blocks);
        float* sums = partial.Data;
        float* from = input.Data;
        _workers.For(blocks, StreamGrain / SumBlock, (start, end) =>
        {
            for (int i = start; i < end; i++)
            {
                sums[i] = Rows.Sum(from + ((long)i * SumBlock), (int)Math.Min(SumBlock, count - ((long)i * SumBlock)));
            }
        });

        output.Data[0] = Rows.Sum(sums, blocks);
        partial.Release();
        GC.KeepAlive(input);
        return output;
    }

    /// <inheritdoc/>
    /// <remarks>A row with a NaN gives NaN, an empty one −∞.</remarks>
    public Tensor Amax(Tensor x)
    {
        ManagedTensor input = Own(x);
        (int rows, int columns) = Matrix(x);
        var output = new ManagedTensor(x.Shape[..^1]);
        float* from = input.Data;
        float* to = output.Data;
        ForRows(rows, columns, StreamGrain, (start, end) =>
        {
            for (int i = start; i < end; i++)
            {
                to[i] = Rows.Max(from + ((long)i * columns), columns);
            }
        });
        GC.KeepAlive(input);
        return output;
    }

    /// <inheritdoc/>
    /// <remarks>NaN counts as the largest number, as in PyTorch.</remarks>
    public int[] Argmax(Tensor x)
    {
        ManagedTensor input = Own(x);
        (int rows, int columns) = Matrix(x);
        if (columns == 0)
        {
            throw new ArgumentException($"Argmax: the last dimension of shape {Tensor.Describe(x.Shape)} is empty.", nameof(x));
        }

        var indices = new int[rows];
        float* from = input.Data;
        ForRows(rows, columns, StreamGrain, (start, end) =>
        {
            for (int i = start; i < end; i++)
            {
                float* row = from + ((long)i * columns);
                float max = Rows.Max(row, columns);
                int at = 0;
                while (!(row[at] == max || float.IsNaN(row[at])))
                {
                    at++;
                }

                indices[i] = at;
            }
        });
        GC.KeepAlive(input);
        return indices;
    }

    /// <inheritdoc/>
    /// <remarks>NaN counts as the largest number, as in PyTorch.</remarks>
    public int[] TopK(Tensor x, int k)
    {
        ManagedTensor input = Own(x);
        (int rows, int columns) = Matrix(x);
        if (k < 0 || k > columns)
        {
            throw new ArgumentException($"TopK: {k} of a last dimension in shape {Tensor.Describe(x.Shape)}.", nameof(k));
        }

        var indices = new int[checked(rows * k)];
        float* from = input.Data;
        ForRows(rows, columns, ArithmeticGrain, (start, end) =>
        {
            var heap = new ulong[k];
            for (int i = start; i < end; i++)
            {
                LargestKeys(new ReadOnlySpan<float>(from + ((long)i * columns), columns), heap);
                for (int j = 0; j < k; j++)
                {
                    indices[(i * k) + j] = (int)~(uint)heap[j];
                }
            }
        });
        GC.KeepAlive(input);
        return indices;
    }

    /// <summary>[outer, size, inner] → [outer, inner], added in ascending order. Threads split columns.</summary>
    private void SumColumns(float* from, float* to, int outer, int size, int inner) =>
        ForColumns(outer, inner, size, (block, start, end) =>
        {
            float* target = to + ((long)block * inner) + start;
            new Span<float>(target, end - start).Clear();
            float* source = from + ((long)block * size * inner) + start;
            for (int i = 0; i < size; i++)
            {
                Lanes.Accumulate(source + ((long)i * inner), target, end - start);
            }
        });

    /// <summary>Fills <paramref name="heap"/> with the keys of the largest values, largest first. A key orders by value, then by
    /// lower index.</summary>
    private static void LargestKeys(ReadOnlySpan<float> values, Span<ulong> heap)
    {
        if (heap.IsEmpty)
        {
            return;
        }

        heap.Clear();
        for (int i = 0; i < values.Length; i++)
        {
            // The bits of a float order like integers once negative ones are mirrored; adding 0 turns −0 into 0.
            float value = values[i] + 0f;
            uint bits = BitConverter.SingleToUInt32Bits(value);
            uint order = float.IsNaN(value) ? uint.MaxValue : (bits & 0x80000000) != 0 ? ~bits : bits | 0x80000000;
            ulong key = ((ulong)order << 32) | ~(uint)i;
            if (key > heap[0])
            {
                heap[0] = key;
                SiftDown(heap);
            }
        }

        heap.Sort();
        heap.Reverse();
    }

    /// <summary>Restores a heap with the smallest key on top after its top was replaced.</summary>
    private static void SiftDown(Span<ulong> heap)
    {
        int parent = 0;
        while (true)
        {
            int child = (2 * parent) + 1;
            if (child >= heap.Length)
            {
                return;
            }

            child = child + 1 < heap.Length && heap[child + 1] < heap[child] ? child + 1 : child;
            if (heap[parent] <= heap[child])
            {
                return;
            }

            (heap[parent], heap[child]) = (heap[child], heap[parent]);
            parent = child;
        }
    }
}
