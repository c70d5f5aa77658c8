namespace MWork.Probes.Tensors;

public sealed partial class Tape
{
    public Tensor FromArray(ReadOnlySpan<float> values, params ReadOnlySpan<int> shape) => ops.FromArray(values, shape);

    public Tensor Full(float value, params ReadOnlySpan<int> shape) => ops.Full(value, shape);

    public Tensor Empty(ScalarType type, params ReadOnlySpan<int> shape) => ops.Empty(type, shape);

    public Tensor Reshape(Tensor x, params ReadOnlySpan<int> shape) =>
        Record(x, ops.Reshape(x, shape), gradient => ops.Reshape(gradient, x.Shape));

    public Tensor Transpose(Tensor x, int dim0, int dim1) =>
        Record(x, ops.Transpose(x, dim0, dim1), gradient => ops.Transpose(gradient, dim0, dim1));

    public Tensor Narrow(Tensor x, int dim, int start, int length) =>
        Record(x, ops.Narrow(x, dim, start, length), gradient => Pad(gradient, x, dim, start, length));

    public Tensor Cat(ReadOnlySpan<Tensor> tensors, int dim)
    {
        Tensor[] inputs = tensors.ToArray();
        Tensor output = ops.Cat(tensors, dim);
        return !Array.Exists(inputs, Tracks) ? output : Record(output, gradient =>
        {
            int start = 0;
            foreach (Tensor input in inputs)
            {
                Accumulate(input, ops.Narrow(gradient, dim, start, input.Size(dim)));
                start += input.Size(dim);
            }
        });
    }

    public Tensor IndexSelect(Tensor x, int dim, ReadOnlySpan<int> indices)
    {
        int[] picked = indices.ToArray();
        return Record(x, ops.IndexSelect(x, dim, indices), gradient => ops.IndexAdd(x.Size(dim), dim, picked, gradient));
    }

    public Tensor IndexAdd(int size, int dim, ReadOnlySpan<int> indices, Tensor source)
    {
        int[] picked = indices.ToArray();
        return Record(source, ops.IndexAdd(size, dim, indices, source), gradient => ops.IndexSelect(gradient, dim, picked));
    }

    public Tensor RepeatInterleave(Tensor x, int repeats, int dim) =>
        Record(x, ops.RepeatInterleave(x, repeats, dim), gradient =>
        {
            int at = dim < 0 ? dim + x.Rank : dim;
            int[] split = [.. x.Shape[..(at + 1)], repeats, .. x.Shape[(at + 1)..]];
            return ops.Sum(ops.Reshape(gradient, split), at + 1);
        });

    private Tensor Pad(Tensor gradient, Tensor x, int dim, int start, int length)
    {
        List<Tensor> parts = [];
        AddZeros(parts, x, dim, start);
        parts.Add(gradient);
        AddZeros(parts, x, dim, x.Size(dim) - start - length);
        return parts.Count == 1 ? gradient : ops.Cat(parts.ToArray(), dim);
    }

    private void AddZeros(List<Tensor> parts, Tensor x, int dim, int length)
    {
        if (length > 0)
        {
            int[] shape = x.Shape.ToArray();
            shape[dim < 0 ? dim + shape.Length : dim] = length;
            parts.Add(ops.Full(0, shape));
        }
    }
}
