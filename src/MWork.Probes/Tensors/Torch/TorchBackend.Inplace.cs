using TorchSharp;
using static TorchSharp.torch;

namespace MWork.Probes.Tensors.Torch;

public sealed partial class TorchBackend
{
    public void CopyInplace(Tensor destination, int row, int dim, int start, Tensor source)
    {
        int axis = Axis(destination, dim);
        int[] shape = row >= 0 && source.Rank == destination.Rank - 1 ? [1, .. source.Shape] : source.Shape.ToArray();
        int[] expected = destination.Shape.ToArray();
        expected[axis] = shape.Length == destination.Rank ? shape[axis] : 0;
        expected[0] = row >= 0 ? 1 : expected[0];
        if (!shape.AsSpan().SequenceEqual(expected) || start < 0 || start + expected[axis] > destination.Size(axis)
            || row >= destination.Size(0) || (row >= 0 && axis == 0))
        {
            throw Misfit($"CopyInplace to row {row}, dimension {dim} from {start}", destination, source);
        }

        torch.Tensor target = Writable(destination);
        Do([source], v =>
        {
            torch.Tensor part = (row < 0 ? target : target.narrow(0, row, 1)).narrow(axis, start, expected[axis]);
            return part.copy_(v[0].reshape(part.shape));
        });
    }

    public void CopyInplace(Tensor destination, int start, ScalarType type, ReadOnlySpan<byte> elements)
    {
        int count = elements.Length / type.Size();
        if (start < 0 || count > destination.Count - start || count * type.Size() != elements.Length)
        {
            throw new ArgumentException(
                $"CopyInplace: {elements.Length} bytes of {type} do not fit {Tensor.Describe(destination.Shape)} from element {start} on.",
                nameof(elements));
        }

        torch.Tensor target = Own(destination).dtype == Of(type) ? Own(destination) : Writable(destination);
        using DisposeScope scope = NewDisposeScope();
        torch.Tensor piece = empty([count], Of(type));
        elements.CopyTo(piece.bytes);
        target.view(-1).narrow(0, start, count).copy_(piece);
    }

    public void AddInplace(Tensor y, Tensor x)
    {
        torch.Tensor target = y.HasShapeOf(x) ? Writable(y) : throw Misfit(nameof(AddInplace), y, x);
        Do([x], v => target.add_(Wide(v[0]).to(target.device)));
    }

    public void AdamWInplace(Tensor parameter, Tensor grad, Tensor mean, Tensor variance, AdamWStep step)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(step.Step, 1, nameof(step));
        foreach (Tensor other in new[] { grad, mean, variance })
        {
            _ = other.HasShapeOf(parameter) ? other : throw Misfit(nameof(AdamWInplace), parameter, other);
        }

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

    private static ArgumentException Misfit(string operation, Tensor a, Tensor b) =>
        new($"{operation}: shapes {Tensor.Describe(a.Shape)} and {Tensor.Describe(b.Shape)} do not fit.", nameof(b));
}
