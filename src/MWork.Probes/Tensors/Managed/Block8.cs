using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MWork.Probes.Tensors.Managed;

/// <summary>Eight rows of eight floats, read as their eight columns. Needs AVX.</summary>
internal readonly unsafe ref struct Block8
{
    public readonly Vector256<float> Column0, Column1, Column2, Column3, Column4, Column5, Column6, Column7;

    // Rows i and i + 4 are joined while loading, which leaves two rounds of shuffles within 128 bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Block8(float* rows, long stride)
    {
        float* lower = rows + (4 * stride);
        Vector256<float> a0 = Join(rows, lower);
        Vector256<float> a1 = Join(rows + stride, lower + stride);
        Vector256<float> a2 = Join(rows + (2 * stride), lower + (2 * stride));
        Vector256<float> a3 = Join(rows + (3 * stride), lower + (3 * stride));
        Vector256<float> b0 = Join(rows + 4, lower + 4);
        Vector256<float> b1 = Join(rows + stride + 4, lower + stride + 4);
        Vector256<float> b2 = Join(rows + (2 * stride) + 4, lower + (2 * stride) + 4);
        Vector256<float> b3 = Join(rows + (3 * stride) + 4, lower + (3 * stride) + 4);
        Turn(a0, a1, a2, a3, out Column0, out Column1, out Column2, out Column3);
        Turn(b0, b1, b2, b3, out Column4, out Column5, out Column6, out Column7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Block8 Load(float* rows, long stride) => new(rows, stride);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Join(float* low, float* high) =>
        Avx.InsertVector128(Vector128.Load(low).ToVector256Unsafe(), Vector128.Load(high), 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Turn(
        Vector256<float> r0, Vector256<float> r1, Vector256<float> r2, Vector256<float> r3,
        out Vector256<float> c0, out Vector256<float> c1, out Vector256<float> c2, out Vector256<float> c3)
    {
        Vector256<float> low01 = Avx.UnpackLow(r0, r1);
        Vector256<float> low23 = Avx.UnpackLow(r2, r3);
        Vector256<float> high01 = Avx.UnpackHigh(r0, r1);
        Vector256<float> high23 = Avx.UnpackHigh(r2, r3);
        c0 = Avx.Shuffle(low01, low23, 0b01_00_01_00);
        c1 = Avx.Shuffle(low01, low23, 0b11_10_11_10);
        c2 = Avx.Shuffle(high01, high23, 0b01_00_01_00);
        c3 = Avx.Shuffle(high01, high23, 0b11_10_11_10);
    }
}
