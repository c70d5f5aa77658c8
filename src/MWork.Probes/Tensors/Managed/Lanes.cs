using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MWork.Probes.Tensors.Managed;

/// <summary>
/// Loads, stores and reductions of 16 lanes in one order that no machine changes. Loads may read up to 15 elements past the end
/// of a tensor, which <see cref="Storage"/> leaves room for.
/// </summary>
internal static unsafe class Lanes
{
    public const int Width = 16;

    /// <summary>Number of vectors that hold <paramref name="count"/> elements.</summary>
    public static int Vectors(int count) => (int)(((long)count + Width - 1) / Width);

    /// <summary>The first <paramref name="count"/> elements at <paramref name="p"/>, zeros in the lanes behind them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* p, int count) => Vector512.Load(p) & First(count);

    /// <summary>The first <paramref name="count"/> elements at <paramref name="p"/>, <paramref name="other"/> in the lanes behind them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* p, int count, float other) =>
        Vector512.ConditionalSelect(First(count), Vector512.Load(p), Vector512.Create(other));

    /// <summary>All bits set in the first <paramref name="count"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> First(int count) =>
        Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle();

    /// <summary>Writes the first <paramref name="count"/> lanes, fewer than 16, and nothing behind them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> value, float* p, int count)
    {
        Vector256<float> eight = value.GetLower();
        if ((count & 8) != 0)
        {
            eight.Store(p);
            p += 8;
            eight = value.GetUpper();
        }

        Vector128<float> four = eight.GetLower();
        if ((count & 4) != 0)
        {
            four.Store(p);
            p += 4;
            four = eight.GetUpper();
        }

        if ((count & 2) != 0)
        {
            p[0] = four.GetElement(0);
            p[1] = four.GetElement(1);
            p += 2;
            four = Vector128.Shuffle(four, Vector128.Create(2, 3, 2, 3));
        }

        if ((count & 1) != 0)
        {
            p[0] = four.ToScalar();
        }
    }

    /// <summary>The sum of the lanes: lane i with lane i + 8, then + 4, + 2, + 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> value)
    {
        Vector256<float> eight = value.GetLower() + value.GetUpper();
        Vector128<float> four = eight.GetLower() + eight.GetUpper();
        return (four.GetElement(0) + four.GetElement(2)) + (four.GetElement(1) + four.GetElement(3));
    }

    /// <summary>The larger of each lane; NaN where either is NaN. Written out because the hardware's maxima disagree on NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Max(Vector512<float> a, Vector512<float> b) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(b, a) | ~Vector512.Equals(b, b), b, a);

    /// <summary>The largest lane, or NaN when there is one.</summary>
    public static float Max(Vector512<float> value)
    {
        float max = value.GetElement(0);
        for (int i = 1; i < Width; i++)
        {
            float lane = value.GetElement(i);
            max = lane > max || float.IsNaN(lane) ? lane : max;
        }

        return max;
    }

    /// <summary>Copies <paramref name="count"/> elements between blocks that do not overlap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(float* from, float* to, int count)
    {
        int i = 0;
        for (; i <= count - Width; i += Width)
        {
            Vector512.Load(from + i).Store(to + i);
        }

        if (i < count)
        {
            Store(Vector512.Load(from + i), to + i, count - i);
        }
    }

    /// <summary>to += from.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Accumulate(float* from, float* to, int count)
    {
        int i = 0;
        for (; i <= count - Width; i += Width)
        {
            (Vector512.Load(to + i) + Vector512.Load(from + i)).Store(to + i);
        }

        if (i < count)
        {
            Store(Vector512.Load(to + i) + Vector512.Load(from + i), to + i, count - i);
        }
    }
}
