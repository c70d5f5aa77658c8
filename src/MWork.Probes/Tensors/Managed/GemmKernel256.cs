using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MWork.Probes.Tensors.Managed;

/// <summary>
/// The inner loop of the matrix product where vectors hold 8 floats: up to 6 rows by one or two vectors of outputs stay in
/// registers while k runs. One chain of fused multiply-adds per output, in ascending k, whatever the tile.
/// </summary>
/// <remarks>Strides are in bytes. Rows and vectors are type arguments, so that the compiler drops what a smaller tile lacks.</remarks>
internal static unsafe class GemmKernel256
{
    public const int Rows = 6;

    /// <param name="soonB">Where to fetch ahead, two vectors for each row.</param>
    /// <param name="soonC">The next tile of outputs, one row for each row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TRows, TVectors>(
        int k, byte* a, nint aRow, nint aColumn, byte* b, nint bRow, byte* c, nint cRow, bool accumulate, byte* soonB, byte* soonC)
        where TRows : struct, IExtent
        where TVectors : struct, IExtent
    {
        Vector256<float> c00 = default, c01 = default;
        Vector256<float> c10 = default, c11 = default;
        Vector256<float> c20 = default, c21 = default;
        Vector256<float> c30 = default, c31 = default;
        Vector256<float> c40 = default, c41 = default;
        Vector256<float> c50 = default, c51 = default;
        if (accumulate)
        {
            Load<TVectors>(c, out c00, out c01);
            if (TRows.Size > 1) Load<TVectors>(c + cRow, out c10, out c11);
            if (TRows.Size > 2) Load<TVectors>(c + (2 * cRow), out c20, out c21);
            if (TRows.Size > 3) Load<TVectors>(c + (3 * cRow), out c30, out c31);
            if (TRows.Size > 4) Load<TVectors>(c + (4 * cRow), out c40, out c41);
            if (TRows.Size > 5) Load<TVectors>(c + (5 * cRow), out c50, out c51);
        }

        // Rows are addressed from every fourth one, because an address may add one, two or (in a register) three strides.
        nint aRow3 = 3 * aRow;
        byte* a4 = a + (4 * aRow);
        int stretch = ((k - 1) / Rows) + 1;
        while (k > 0)
        {
            Prefetch(soonB, soonC);
            soonB += 64;
            soonC += cRow;
            int pause = Math.Max(0, k - stretch);
            do
            {
                Vector256<float> b0 = Vector256.Load((float*)b);
                Vector256<float> b1 = TVectors.Size > 1 ? Vector256.Load((float*)(b + 32)) : default;
                Vector256<float> x;
                x = Vector256.Create(*(float*)a);
                c00 = Vector256.FusedMultiplyAdd(x, b0, c00);
                c01 = TVectors.Size > 1 ? Vector256.FusedMultiplyAdd(x, b1, c01) : default;

                if (TRows.Size > 1)
                {
                    x = Vector256.Create(*(float*)(a + aRow));
                    c10 = Vector256.FusedMultiplyAdd(x, b0, c10);
                    c11 = TVectors.Size > 1 ? Vector256.FusedMultiplyAdd(x, b1, c11) : default;
                }

                if (TRows.Size > 2)
                {
                    x = Vector256.Create(*(float*)(a + (2 * aRow)));
                    c20 = Vector256.FusedMultiplyAdd(x, b0, c20);
                    c21 = TVectors.Size > 1 ? Vector256.FusedMultiplyAdd(x, b1, c21) : default;
                }

                if (TRows.Size > 3)
                {
                    x = Vector256.Create(*(float*)(a + aRow3));
                    c30 = Vector256.FusedMultiplyAdd(x, b0, c30);
                    c31 = TVectors.Size > 1 ? Vector256.FusedMultiplyAdd(x, b1, c31) : default;
                }

                if (TRows.Size > 4)
                {
                    x = Vector256.Create(*(float*)a4);
                    c40 = Vector256.FusedMultiplyAdd(x, b0, c40);
                    c41 = TVectors.Size > 1 ? Vector256.FusedMultiplyAdd(x, b1, c41) : default;
                }

                if (TRows.Size > 5)
                {
                    x = Vector256.Create(*(float*)(a4 + aRow));
                    c50 = Vector256.FusedMultiplyAdd(x, b0, c50);
                    c51 = TVectors.Size > 1 ? Vector256.FusedMultiplyAdd(x, b1, c51) : default;
                }

                a += aColumn;
                a4 += aColumn;
                b += bRow;
            }
            while (--k > pause);
        }

        Store<TVectors>(c00, c01, c);
        if (TRows.Size > 1) Store<TVectors>(c10, c11, c + cRow);
        if (TRows.Size > 2) Store<TVectors>(c20, c21, c + (2 * cRow));
        if (TRows.Size > 3) Store<TVectors>(c30, c31, c + (3 * cRow));
        if (TRows.Size > 4) Store<TVectors>(c40, c41, c + (4 * cRow));
        if (TRows.Size > 5) Store<TVectors>(c50, c51, c + (5 * cRow));
    }

    // Lines that are needed next come in few at a time: a burst of misses would hold up the loads of the loop.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(byte* soonB, byte* soonC)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch1(soonB);
            Sse.Prefetch1(soonB + 32);
            Sse.Prefetch0(soonC);
            Sse.Prefetch0(soonC + 32);
            Sse.Prefetch0(soonC + 63);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load<TVectors>(byte* c, out Vector256<float> first, out Vector256<float> second)
        where TVectors : struct, IExtent
    {
        first = Vector256.Load((float*)c);
        second = TVectors.Size > 1 ? Vector256.Load((float*)(c + 32)) : default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TVectors>(Vector256<float> first, Vector256<float> second, byte* c)
        where TVectors : struct, IExtent
    {
        first.Store((float*)c);
        if (TVectors.Size > 1)
        {
            second.Store((float*)(c + 32));
        }
    }
}
