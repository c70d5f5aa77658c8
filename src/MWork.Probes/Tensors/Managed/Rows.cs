using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MWork.Probes.Tensors.Managed;

/// <summary>
/// Kernels on one contiguous row. A sum adds element i to lane i mod 16 in ascending order, then the lanes pairwise, so a row
/// padded with zeros has the same sum, and a row gives the same bits wherever it lies.
/// </summary>
internal static unsafe class Rows
{
    public static float Sum(float* x, int count)
    {
        Vector512<float> sum = Vector512<float>.Zero;
        int i = 0;
        for (; i <= count - Lanes.Width; i += Lanes.Width)
        {
            sum += Vector512.Load(x + i);
        }

        return Lanes.Sum(i < count ? sum + Lanes.Load(x + i, count - i) : sum);
    }

    /// <summary>Σ a · b.</summary>
    public static float Dot(float* a, float* b, int count)
    {
        Vector512<float> sum = Vector512<float>.Zero;
        int i = 0;
        for (; i <= count - Lanes.Width; i += Lanes.Width)
        {
            sum = Vector512.FusedMultiplyAdd(Vector512.Load(a + i), Vector512.Load(b + i), sum);
        }

        return Lanes.Sum(i < count
            ? Vector512.FusedMultiplyAdd(Lanes.Load(a + i, count - i), Lanes.Load(b + i, count - i), sum)
            : sum);
    }

    /// <summary>The largest element, NaN when there is one, −∞ for an empty row.</summary>
    public static float Max(float* x, int count)
    {
        Vector512<float> max = Vector512.Create(float.NegativeInfinity);
        int i = 0;
        for (; i <= count - Lanes.Width; i += Lanes.Width)
        {
            max = Lanes.Max(max, Vector512.Load(x + i));
        }

        return Lanes.Max(i < count ? Lanes.Max(max, Lanes.Load(x + i, count - i, float.NegativeInfinity)) : max);
    }

    /// <summary>Softmax of x into y, which may be x.</summary>
    public static void Softmax(float* x, float* y, int count)
    {
        float max = Max(x, count);
        float sum = ExpSum(x, y, count, max);
        Scale(y, y, count, 1 / sum);
    }

    /// <summary>y = exp(x − max); returns Σ y.</summary>
    public static float ExpSum(float* x, float* y, int count, float max)
    {
        Vector512<float> shift = Vector512.Create(max);
        Vector512<float> sum = Vector512<float>.Zero;
        int i = 0;
        for (; i <= count - Lanes.Width; i += Lanes.Width)
        {
            Vector512<float> e = VectorTranscendentals.Exp(Vector512.Load(x + i) - shift);
            e.Store(y + i);
            sum += e;
        }

        if (i < count)
        {
            Vector512<float> e = VectorTranscendentals.Exp(Vector512.Load(x + i) - shift);
            Lanes.Store(e, y + i, count - i);
            sum += e & Lanes.First(count - i);
        }

        return Lanes.Sum(sum);
    }

    /// <summary>Σ exp(x − max): the same bits as <see cref="ExpSum(float*, float*, int, float)"/>.</summary>
    public static float ExpSum(float* x, int count, float max)
    {
        Vector512<float> shift = Vector512.Create(max);
        Vector512<float> sum = Vector512<float>.Zero;
        int i = 0;
        for (; i <= count - Lanes.Width; i += Lanes.Width)
        {
            sum += VectorTranscendentals.Exp(Vector512.Load(x + i) - shift);
        }

        return Lanes.Sum(i < count
            ? sum + (VectorTranscendentals.Exp(Vector512.Load(x + i) - shift) & Lanes.First(count - i))
            : sum);
    }

    /// <summary>y = x · factor; y may be x.</summary>
    public static void Scale(float* x, float* y, int count, float factor)
    {
        Vector512<float> by = Vector512.Create(factor);
        int i = 0;
        for (; i <= count - Lanes.Width; i += Lanes.Width)
        {
            (Vector512.Load(x + i) * by).Store(y + i);
        }

        if (i < count)
        {
            Lanes.Store(Vector512.Load(x + i) * by, y + i, count - i);
        }
    }

    /// <summary>Log-softmax: x − max − ln Σ exp(x − max).</summary>
    public static void LogSoftmax(float* x, float* y, int count)
    {
        float max = Max(x, count);
        Vector512<float> shift = Vector512.Create(max);
        Vector512<float> log = Vector512.Create(VectorTranscendentals.Log(ExpSum(x, count, max)));
        int i = 0;
        for (; i <= count - Lanes.Width; i += Lanes.Width)
        {
            (Vector512.Load(x + i) - shift - log).Store(y + i);
        }

        if (i < count)
        {
            Lanes.Store(Vector512.Load(x + i) - shift - log, y + i, count - i);
        }
    }

    /// <summary>to = output · (grad − Σ grad · output).</summary>
    public static void SoftmaxBackward(float* grad, float* output, float* to, int count)
    {
        Vector512<float> dot = Vector512.Create(Dot(grad, output, count));
        int i = 0;
        for (; i <= count - Lanes.Width; i += Lanes.Width)
        {
            (Vector512.Load(output + i) * (Vector512.Load(grad + i) - dot)).Store(to + i);
        }

        if (i < count)
        {
            Lanes.Store(Vector512.Load(output + i) * (Vector512.Load(grad + i) - dot), to + i, count - i);
        }
    }

    /// <summary>to = grad − exp(output) · Σ grad.</summary>
    public static void LogSoftmaxBackward(float* grad, float* output, float* to, int count)
    {
        Vector512<float> sum = Vector512.Create(Sum(grad, count));
        int i = 0;
        for (; i <= count - Lanes.Width; i += Lanes.Width)
        {
            (Vector512.Load(grad + i) - (VectorTranscendentals.Exp(Vector512.Load(output + i)) * sum)).Store(to + i);
        }

        if (i < count)
        {
            Vector512<float> share = VectorTranscendentals.Exp(Vector512.Load(output + i)) * sum;
            Lanes.Store(Vector512.Load(grad + i) - share, to + i, count - i);
        }
    }

    /// <summary>1 / √x, rounded twice: root and quotient are exact operations on every machine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float InverseSqrt(float x) => 1 / (float)Math.Sqrt(x);
}
