using TorchSharp;
using static TorchSharp.torch;

namespace MWork.Probes.Tensors.Torch;

/// <remarks>Reshaped, transposed and narrowed tensors share memory with their source where strides allow, as in PyTorch.</remarks>
public sealed partial class TorchBackend
{
    public Tensor FromArray(ReadOnlySpan<float> values, params ReadOnlySpan<int> shape)
    {
        using DisposeScope scope = NewDisposeScope();
        torch.Tensor host = TorchTensor.Host(values);
        long[] sizes = Sizes(shape);
        return sizes.Aggregate(1L, (a, b) => a * b) == values.Length
            ? Run([], _ => host.view(sizes).to(_devices.First))
            : throw new ArgumentException($"FromArray: {values.Length} values do not fill shape {Tensor.Describe(shape)}.", nameof(values));
    }

    public Tensor Full(float value, params ReadOnlySpan<int> shape)
    {
        long[] sizes = Sizes(shape);
        return Run([], _ => full(sizes, value, float32, _devices.First));
    }

    public Tensor Empty(ScalarType type, params ReadOnlySpan<int> shape) => type == ScalarType.Float32 || shape.Length == 2
        ? _devices.Weight(Sizes(shape), Of(type))
        : throw new ArgumentException($"Only a matrix is kept as {type}, not the shape {Tensor.Describe(shape)}.", nameof(shape));

    public Tensor Reshape(Tensor x, params ReadOnlySpan<int> shape)
    {
        long[] sizes = Sizes(shape);
        return sizes.Aggregate(1L, (a, b) => a * b) == x.Count
            ? Run([x], v => v[0].reshape(sizes))
            : throw new ArgumentException(
                $"Reshape: shape {Tensor.Describe(x.Shape)} has not as many elements as {Tensor.Describe(shape)}.", nameof(shape));
    }

    public Tensor Transpose(Tensor x, int dim0, int dim1) => Run([x], v => v[0].transpose(Axis(x, dim0), Axis(x, dim1)));

    public Tensor Narrow(Tensor x, int dim, int start, int length) => Run([x], v => v[0].narrow(Axis(x, dim), start, length));

    public Tensor Cat(ReadOnlySpan<Tensor> tensors, int dim)
    {
        int axis = tensors.IsEmpty ? throw new ArgumentException("Cat: no tensors.", nameof(tensors)) : Axis(tensors[0], dim);
        return Run(tensors, v => cat(v, axis));
    }

    public Tensor IndexSelect(Tensor x, int dim, ReadOnlySpan<int> indices)
    {
        int axis = Axis(x, dim);
        long[] ids = Ids(indices, x.Size(axis));
        return Run([x], v => v[0].index_select(axis, On(v[0], ids)));
    }

    public Tensor IndexAdd(int size, int dim, ReadOnlySpan<int> indices, Tensor source)
    {
        int axis = Axis(source, dim);
        long[] ids = Ids(indices, size);
        if (ids.Length != source.Size(axis))
        {
            throw new ArgumentException($"IndexAdd: {ids.Length} indices do not fit dimension {dim} of {Tensor.Describe(source.Shape)}.", nameof(indices));
        }

        return Run([source], v => AddAt(size, axis, ids, v[0]));
    }

    public Tensor RepeatInterleave(Tensor x, int repeats, int dim) => Run([x], v => v[0].repeat_interleave(repeats, Axis(x, dim)));

    private static torch.ScalarType Of(ScalarType type) => type switch
    {
        ScalarType.Float16 => float16,
        ScalarType.BFloat16 => bfloat16,
        _ => float32,
    };

    // On a GPU index_add_ adds in whatever order its threads come; index_put_ sorts first. On a CPU it is the other way round.
    private static torch.Tensor AddAt(int size, int axis, long[] ids, torch.Tensor source)
    {
        long[] shape = source.shape;
        shape[axis] = size;
        torch.Tensor sum = zeros(shape, float32, source.device);
        torch.Tensor index = On(source, ids);
        if (source.is_cuda)
        {
            sum.transpose(0, axis).index_put_(source.transpose(0, axis), new[] { index }, accumulate: true);
            return sum;
        }

        return sum.index_add(axis, index, source, 1);
    }
}
