using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MWork.Probes.Tensors.Managed;

/// <summary>Eight rows of four floats, read as their four columns. Needs AVX.</summary>
internal static unsafe class Block8
{
    // Rows i and i + 4 are joined while loading, which leaves two rounds of shuffles within 128 bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadColumns(
        float* rows, long stride,
        out Vector256<float> c0, out Vector256<float> c1, out Vector256<float> c2, out Vector256<float> c3)
    {
        float* lower = rows + (4 * stride);
        Vector256<float> r0 = Join(rows, lower);
        Vector256<float> r1 = Join(rows + stride, lower + stride);
        Vector256<float> r2 = Join(rows + (2 * stride), lower + (2 * stride));
        Vector256<float> r3 = Join(rows + (3 * stride), lower + (3 * stride));
        Vector256<float> low01 = Avx.UnpackLow(r0, r1);
        Vector256<float> low23 = Avx.UnpackLow(r2, r3);
        Vector256<float> high01 = Avx.UnpackHigh(r0, r1);
        Vector256<float> high23 = Avx.UnpackHigh(r2, r3);
        c0 = Avx.Shuffle(low01, low23, 0b01_00_01_00);
        c1 = Avx.Shuffle(low01, low23, 0b11_10_11_10);
        c2 = Avx.Shuffle(high01, high23, 0b01_00_01_00);
        c3 = Avx.Shuffle(high01, high23, 0b11_10_11_10);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Join(float* low, float* high) =>
        Avx.InsertVector128(Vector128.Load(low).ToVector256Unsafe(), Vector128.Load(high), 1);
}
