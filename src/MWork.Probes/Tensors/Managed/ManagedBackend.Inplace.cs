using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using static MWork.Probes.Tensors.Shapes;

namespace MWork.Probes.Tensors.Managed;

public sealed unsafe partial class ManagedBackend
{
    public void CopyInplace(Tensor destination, int row, int dim, int start, Tensor source)
    {
        (int axis, int[] shape) = RequirePart(destination, row, dim, start, source);
        int length = shape[axis];
        ManagedTensor target = OwnInplace(destination);
        ManagedTensor input = Own(source);
        int inner = Product(destination.Shape[(axis + 1)..]);
        int stride = destination.Size(axis) * inner;
        int outer = Product(shape.AsSpan(0, axis));
        long first = (Math.Max(0, row) * (long)Product(destination.Shape[1..])) + ((long)start * inner);
        CopyChunks(input.Data, length * inner, target.Data + first, stride, outer, length * inner);
        GC.KeepAlive(target);
        GC.KeepAlive(input);
    }

    public void CopyInplace(Tensor destination, int start, ScalarType type, ReadOnlySpan<byte> elements)
    {
        int count = RequireElements(destination, start, type, elements);
        if (destination is HalfTensor half && half.Type == type)
        {
            MemoryMarshal.Cast<byte, ushort>(elements).CopyTo(half.Span[start..]);
            GC.KeepAlive(half);
            return;
        }

        ManagedTensor wide = OwnInplace(destination);
        HalfPrecision.Widen(type, elements, wide.Span.Slice(start, count));
        GC.KeepAlive(wide);
    }

    public void AddInplace(Tensor y, Tensor x)
    {
        RequireSameShape("AddInplace", y, x);
        ManagedTensor target = OwnInplace(y);
        ManagedTensor input = Own(x);
        CombineFlat<Elementwise.Add>(target.Data, input.Data, target.Data, target.Count, StreamGrain);
        GC.KeepAlive(target);
        GC.KeepAlive(input);
    }

    public void AdamWInplace(Tensor parameter, Tensor grad, Tensor mean, Tensor variance, AdamWStep step)
    {
        RequireSameShape("AdamWInplace", parameter, grad, mean, variance);
        ArgumentOutOfRangeException.ThrowIfLessThan(step.Step, 1, nameof(step));
        ManagedTensor target = OwnInplace(parameter);
        ManagedTensor gradient = Own(grad);
        ManagedTensor first = Own(mean);
        ManagedTensor second = Own(variance);
        var factors = new AdamWFactors(step);
        float* p = target.Data;
        float* g = gradient.Data;
        float* m = first.Data;
        float* v = second.Data;
        _workers.For(Lanes.Vectors(target.Count), ArithmeticGrain / Lanes.Width, (start, end) =>
            AdamWRange(p, g, m, v, factors, start, end));
        GC.KeepAlive(target);
        GC.KeepAlive(gradient);
        GC.KeepAlive(first);
        GC.KeepAlive(second);
    }

    private static void AdamWRange(float* parameter, float* grad, float* mean, float* variance, AdamWFactors f, int start, int end)
    {
        Vector512<float> scale = Vector512.Create(f.GradScale);
        Vector512<float> decay = Vector512.Create(f.Decay);
        Vector512<float> beta1 = Vector512.Create(f.Beta1);
        Vector512<float> rest1 = Vector512.Create(f.Rest1);
        Vector512<float> beta2 = Vector512.Create(f.Beta2);
        Vector512<float> rest2 = Vector512.Create(f.Rest2);
        Vector512<float> rootCorrection = Vector512.Create(f.RootCorrection);
        Vector512<float> eps = Vector512.Create(f.Eps);
        Vector512<float> rate = Vector512.Create(f.Rate);
        for (long i = (long)start * Lanes.Width; i < (long)end * Lanes.Width; i += Lanes.Width)
        {
            Vector512<float> g = Vector512.LoadAligned(grad + i) * scale;
            Vector512<float> m = (Vector512.LoadAligned(mean + i) * beta1) + (g * rest1);
            Vector512<float> v = (Vector512.LoadAligned(variance + i) * beta2) + (g * g * rest2);
            m.StoreAligned(mean + i);
            v.StoreAligned(variance + i);
            Vector512<float> move = m * rate / ((Vector512.Sqrt(v) * rootCorrection) + eps);
            ((Vector512.LoadAligned(parameter + i) * decay) - move).StoreAligned(parameter + i);
        }
    }

    /// <summary>The numbers of a step that all elements share, made in double precision.</summary>
    private readonly struct AdamWFactors(AdamWStep step)
    {
        public readonly float GradScale = step.GradScale;
        public readonly float Decay = (float)(1 - ((double)step.LearningRate * step.WeightDecay));
        public readonly float Beta1 = step.Beta1;
        public readonly float Rest1 = (float)(1 - Written(step.Beta1));
        public readonly float Beta2 = step.Beta2;
        public readonly float Rest2 = (float)(1 - Written(step.Beta2));
        public readonly float Eps = step.Eps;

        /// <summary>lr / (1 − beta1ᵗ)</summary>
        public readonly float Rate = (float)(step.LearningRate / (1 - Transcendentals.Pow(Written(step.Beta1), step.Step)));

        /// <summary>1 / √(1 − beta2ᵗ)</summary>
        public readonly float RootCorrection = (float)(1 / Math.Sqrt(1 - Transcendentals.Pow(Written(step.Beta2), step.Step)));

        /// <summary>0.999f means 0.999, and 1 − 0.999 is to have all its digits, as it has in PyTorch.</summary>
        private static double Written(float value) => (double)(decimal)value;
    }
}
