using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MWork.Probes.Tensors.Managed;

/// <summary>Kernels of the two normalisations on one row of <c>count</c> elements.</summary>
internal static unsafe class NormRows
{
    /// <summary>1 / √(mean(x²) + eps).</summary>
    public static float InverseRms(float* x, int count, float eps) => Rows.InverseSqrt((Rows.Dot(x, x, count) / count) + eps);

    /// <summary>The mean of a row, and 1 / √(variance + eps) from the differences to it.</summary>
    public static (float Mean, float InverseDeviation) Moments(float* x, int count, float eps)
    {
        float mean = Rows.Sum(x, count) / count;
        Vector512<float> shift = Vector512.Create(mean);
        Vector512<float> sum = Vector512<float>.Zero;
        for (int i = 0; i < count; i += Lanes.Width)
        {
            Vector512<float> difference = (Vector512.Load(x + i) - shift) & Lanes.First(count - i);
            sum = Vector512.FusedMultiplyAdd(difference, difference, sum);
        }

        return (mean, Rows.InverseSqrt((Lanes.Sum(sum) / count) + eps));
    }

    /// <summary>y = (x − mean) · inverse · (offset + weight) + bias. RMS normalisation has mean 0 and no bias.</summary>
    public static void Apply(float* x, float* weight, float* bias, float mean, float inverse, float offset, float* y, int count)
    {
        Vector512<float> shift = Vector512.Create(mean);
        Vector512<float> scale = Vector512.Create(inverse);
        Vector512<float> one = Vector512.Create(offset);
        for (int i = 0; i < count; i += Lanes.Width)
        {
            Vector512<float> value = (Vector512.Load(x + i) - shift) * scale * (one + Vector512.Load(weight + i));
            Put(bias == null ? value : value + Vector512.Load(bias + i), y + i, count - i);
        }
    }

    /// <summary>to = inverse · (h − x̂ · mean(h · x̂)) with h = grad · (offset + weight) and x̂ = x · inverse.</summary>
    public static void RmsBackward(
        float* grad, float* x, float* weight, float inverse, float offset, float* to, int count)
    {
        Vector512<float> one = Vector512.Create(offset);
        Vector512<float> sum = Vector512<float>.Zero;
        for (int i = 0; i < count; i += Lanes.Width)
        {
            Vector512<float> h = Lanes.Load(grad + i, count - i) * (one + Lanes.Load(weight + i, count - i));
            sum = Vector512.FusedMultiplyAdd(h, Lanes.Load(x + i, count - i), sum);
        }

        Vector512<float> scale = Vector512.Create(inverse);
        Vector512<float> along = Vector512.Create(Lanes.Sum(sum) * inverse / count);
        for (int i = 0; i < count; i += Lanes.Width)
        {
            Vector512<float> h = Vector512.Load(grad + i) * (one + Vector512.Load(weight + i));
            Put(scale * (h - (Vector512.Load(x + i) * scale * along)), to + i, count - i);
        }
    }

    /// <summary>to = inverse · (h − mean(h) − x̂ · mean(h · x̂)) with h = grad · weight and x̂ = (x − mean) · inverse.</summary>
    public static void LayerBackward(float* grad, float* x, float* weight, float mean, float inverse, float* to, int count)
    {
        Vector512<float> shift = Vector512.Create(mean);
        Vector512<float> scale = Vector512.Create(inverse);
        Vector512<float> sum = Vector512<float>.Zero;
        Vector512<float> dot = Vector512<float>.Zero;
        for (int i = 0; i < count; i += Lanes.Width)
        {
            Vector512<float> h = Lanes.Load(grad + i, count - i) * Lanes.Load(weight + i, count - i);
            sum += h;
            dot = Vector512.FusedMultiplyAdd(h, (Lanes.Load(x + i, count - i) - shift) * scale, dot);
        }

        Vector512<float> level = Vector512.Create(Lanes.Sum(sum) / count);
        Vector512<float> along = Vector512.Create(Lanes.Sum(dot) / count);
        for (int i = 0; i < count; i += Lanes.Width)
        {
            Vector512<float> h = Vector512.Load(grad + i) * Vector512.Load(weight + i);
            Vector512<float> normed = (Vector512.Load(x + i) - shift) * scale;
            Put(scale * (h - level - (normed * along)), to + i, count - i);
        }
    }

    /// <summary>weightGrad += grad · (x − mean) · inverse.</summary>
    public static void AccumulateWeight(float* grad, float* x, float mean, float inverse, float* weightGrad, int count)
    {
        Vector512<float> shift = Vector512.Create(mean);
        Vector512<float> scale = Vector512.Create(inverse);
        for (int i = 0; i < count; i += Lanes.Width)
        {
            Vector512<float> normed = (Vector512.Load(x + i) - shift) * scale;
            Put(Vector512.FusedMultiplyAdd(Vector512.Load(grad + i), normed, Vector512.Load(weightGrad + i)), weightGrad + i, count - i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Vector512<float> value, float* to, int left)
    {
        if (left >= Lanes.Width)
        {
            value.Store(to);
        }
        else
        {
            Lanes.Store(value, to, left);
        }
    }
}
