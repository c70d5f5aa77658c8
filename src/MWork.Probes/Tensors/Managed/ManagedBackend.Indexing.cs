using static MWork.Probes.Tensors.Shapes;

namespace MWork.Probes.Tensors.Managed;

public sealed unsafe partial class ManagedBackend
{
    public Tensor IndexSelect(Tensor x, int dim, ReadOnlySpan<int> indices)
    {
        int axis = Axis(x, dim);
        int size = x.Size(axis);
        RequireIndices("IndexSelect", indices, size, x.Shape);
        ManagedTensor input = Own(x);
        var output = new ManagedTensor(With(x.Shape, axis, indices.Length));
        GatherRows(input.Data, output.Data, indices.ToArray(), Product(x.Shape[..axis]), size, Product(x.Shape[(axis + 1)..]));
        GC.KeepAlive(input);
        return output;
    }

    public Tensor IndexAdd(int size, int dim, ReadOnlySpan<int> indices, Tensor source)
    {
        int axis = Axis(source, dim);
        RequireIndexAdd(size, dim, indices, source);
        ManagedTensor input = Own(source);
        var output = new ManagedTensor(With(source.Shape, axis, size));
        ScatterRows(
            input.Data, output.Data, indices.ToArray(), Product(source.Shape[..axis]), size, Product(source.Shape[(axis + 1)..]));
        GC.KeepAlive(input);
        return output;
    }

    public Tensor Embedding(Tensor weight, ReadOnlySpan<int> ids, params ReadOnlySpan<int> shape)
    {
        if (weight.Rank != 2 || Product(shape) != ids.Length)
        {
            throw new ArgumentException(
                $"Embedding: weight {Tensor.Describe(weight.Shape)} must be [V, D], and {ids.Length} ids must fill {Tensor.Describe(shape)}.",
                nameof(ids));
        }

        RequireIndices("Embedding", ids, weight.Size(0), weight.Shape);
        var output = new ManagedTensor([.. shape, weight.Size(1)]);
        if (weight is HalfTensor half)
        {
            WidenRows(half, ids, output.Data);
            return output;
        }

        ManagedTensor table = Own(weight);
        GatherRows(table.Data, output.Data, ids.ToArray(), 1, weight.Size(0), weight.Size(1));
        GC.KeepAlive(table);
        return output;
    }

    public Tensor EmbeddingBackward(Tensor grad, ReadOnlySpan<int> ids, int rows)
    {
        (int count, int width) = Matrix(grad);
        if (count != ids.Length)
        {
            throw new ArgumentException(
                $"EmbeddingBackward: [{ids.Length}] ids do not fit the gradient {Tensor.Describe(grad.Shape)}.", nameof(ids));
        }

        RequireIndices("EmbeddingBackward", ids, rows, grad.Shape);
        ManagedTensor source = Own(grad);
        var output = new ManagedTensor([rows, width]);
        ScatterRows(source.Data, output.Data, ids.ToArray(), 1, rows, width);
        GC.KeepAlive(source);
        return output;
    }

    private static void WidenRows(HalfTensor table, ReadOnlySpan<int> ids, float* output)
    {
        int width = table.Size(1);
        for (int i = 0; i < ids.Length; i++)
        {
            table.Matrix.Widen(ids[i], 0, width, output + ((long)i * width));
        }

        GC.KeepAlive(table);
    }

    /// <summary>[outer, size, inner] → [outer, indices, inner].</summary>
    private void GatherRows(float* from, float* to, int[] indices, int outer, int size, int inner)
    {
        if (inner == 0 || indices.Length == 0)
        {
            return;
        }

        ForRows(outer * indices.Length, inner, StreamGrain, (start, end) =>
        {
            for (int i = start; i < end; i++)
            {
                long row = ((long)(i / indices.Length) * size) + indices[i % indices.Length];
                Lanes.Copy(from + (row * inner), to + ((long)i * inner), inner);
            }
        });
    }

    /// <summary>[outer, indices, inner] added into zeros [outer, size, inner], in order of position. Threads split columns.</summary>
    private void ScatterRows(float* from, float* to, int[] indices, int outer, int size, int inner) =>
        ForColumns(outer, inner, indices.Length + size, (block, start, end) =>
        {
            float* target = to + ((long)block * size * inner) + start;
            for (int i = 0; i < size; i++)
            {
                new Span<float>(target + ((long)i * inner), end - start).Clear();
            }

            float* source = from + ((long)block * indices.Length * inner) + start;
            for (int i = 0; i < indices.Length; i++)
            {
                Lanes.Accumulate(source + ((long)i * inner), target + ((long)indices[i] * inner), end - start);
            }
        });
}
