using TorchSharp;
using static MWork.Probes.Tensors.Shapes;
using static TorchSharp.torch;

namespace MWork.Probes.Tensors.Torch;

/// <remarks>Reshaped, transposed and narrowed tensors share memory with their source where strides allow, as in PyTorch.</remarks>
public sealed partial class TorchBackend
{
    public Tensor FromArray(ReadOnlySpan<float> values, params ReadOnlySpan<int> shape)
    {
        RequireFilled(values.Length, shape);
        using DisposeScope scope = NewDisposeScope();
        torch.Tensor host = TorchTensor.Host(values).view(Sizes(shape));
        return Run([], _ => host.to(_devices.First));
    }

    public Tensor Full(float value, params ReadOnlySpan<int> shape)
    {
        long[] sizes = Sizes(shape);
        return Run([], _ => full(sizes, value, float32, _devices.First));
    }

    public Tensor Empty(ScalarType type, params ReadOnlySpan<int> shape)
    {
        RequireMatrix(type, shape);
        long[] sizes = Sizes(shape);
        (Device device, Action released) = _devices.Room((long)Product(shape) * type.Size());
        return new TorchTensor(Do([], _ => empty(sizes, Of(type), device).DetachFromDisposeScope()), released);
    }

    public Tensor Reshape(Tensor x, params ReadOnlySpan<int> shape)
    {
        RequireReshape(x, shape);
        long[] sizes = Sizes(shape);
        return Run([x], v => v[0].reshape(sizes));
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
        long[] ids = Ids(indices, x.Size(axis), x);
        return Run([x], v => v[0].index_select(axis, On(v[0], ids)));
    }

    public Tensor IndexAdd(int size, int dim, ReadOnlySpan<int> indices, Tensor source)
    {
        int axis = Axis(source, dim);
        RequireIndexAdd(size, dim, indices, source);
        long[] ids = Sizes(indices);
        return Run([source], v => AddAt(size, axis, ids, v[0]));
    }

    public Tensor RepeatInterleave(Tensor x, int repeats, int dim) => Run([x], v => v[0].repeat_interleave(repeats, Axis(x, dim)));

    public void CopyInplace(Tensor destination, int row, int dim, int start, Tensor source)
    {
        (int axis, int[] shape) = RequirePart(destination, row, dim, start, source);
        torch.Tensor target = Writable(destination);
        Do([source], v =>
        {
            torch.Tensor part = (row < 0 ? target : target.narrow(0, row, 1)).narrow(axis, start, shape[axis]);
            return part.copy_(v[0].reshape(part.shape));
        });
    }

    public void CopyInplace(Tensor destination, int start, ScalarType type, ReadOnlySpan<byte> elements)
    {
        int count = RequireElements(destination, start, type, elements);
        torch.Tensor target = Own(destination).dtype == Of(type) ? Own(destination) : Writable(destination);
        using DisposeScope scope = NewDisposeScope();
        torch.Tensor piece = empty([count], Of(type));
        elements.CopyTo(piece.bytes);
        target.view(-1).narrow(0, start, count).copy_(piece);
    }

    public void AddInplace(Tensor y, Tensor x)
    {
        RequireSameShape(nameof(AddInplace), y, x);
        torch.Tensor target = Writable(y);
        Do([x], v => target.add_(Wide(v[0]).to(target.device)));
    }

    public void AdamWInplace(Tensor parameter, Tensor grad, Tensor mean, Tensor variance, AdamWStep step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step.Step, 1, nameof(step));
        RequireSameShape(nameof(AdamWInplace), parameter, grad, mean, variance);
        (torch.Tensor p, torch.Tensor m, torch.Tensor s) = (Writable(parameter), Writable(mean), Writable(variance));
        double firstLeft = 1 - Transcendentals.Pow(step.Beta1, step.Step);
        double secondLeft = 1 - Transcendentals.Pow(step.Beta2, step.Step);
        Do([grad], v =>
        {
            torch.Tensor g = Wide(v[0]).to(m.device) * step.GradScale;
            m.mul_(step.Beta1).add_(g * (1 - step.Beta1));
            s.mul_(step.Beta2).add_(g * g * (1 - step.Beta2));
            torch.Tensor size = (s / secondLeft).sqrt() + step.Eps;
            return p.mul_(1 - (step.LearningRate * step.WeightDecay)).sub_((m / size * (step.LearningRate / firstLeft)).to(p.device));
        });
    }

    private static torch.ScalarType Of(ScalarType type) =>
        type == ScalarType.Float16 ? float16 : type == ScalarType.BFloat16 ? bfloat16 : float32;

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
