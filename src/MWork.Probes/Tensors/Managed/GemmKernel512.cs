using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MWork.Probes.Tensors.Managed;

/// <summary>
/// The inner loop of the matrix product where vectors hold 16 floats: up to 12 rows by one or two vectors of outputs stay in
/// registers while k runs. One chain of fused multiply-adds per output, in ascending k, whatever the tile.
/// </summary>
/// <remarks>Strides are in bytes. Rows and vectors are type arguments, so that the compiler drops what a smaller tile lacks.</remarks>
internal static unsafe class GemmKernel512
{
    public const int Rows = 12;

    /// <param name="soonB">Where to fetch ahead, two vectors for each row.</param>
    /// <param name="soonC">The next tile of outputs, one row for each row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TRows, TVectors>(
        int k, byte* a, nint aRow, nint aColumn, byte* b, nint bRow, byte* c, nint cRow, bool accumulate, byte* soonB, byte* soonC)
        where TRows : struct, IExtent
        where TVectors : struct, IExtent
    {
        Vector512<float> c00 = default, c01 = default;
        Vector512<float> c10 = default, c11 = default;
        Vector512<float> c20 = default, c21 = default;
        Vector512<float> c30 = default, c31 = default;
        Vector512<float> c40 = default, c41 = default;
        Vector512<float> c50 = default, c51 = default;
        Vector512<float> c60 = default, c61 = default;
        Vector512<float> c70 = default, c71 = default;
        Vector512<float> c80 = default, c81 = default;
        Vector512<float> c90 = default, c91 = default;
        Vector512<float> ca0 = default, ca1 = default;
        Vector512<float> cb0 = default, cb1 = default;
        if (accumulate)
        {
            Load<TVectors>(c, out c00, out c01);
            if (TRows.Size > 1) Load<TVectors>(c + cRow, out c10, out c11);
            if (TRows.Size > 2) Load<TVectors>(c + (2 * cRow), out c20, out c21);
            if (TRows.Size > 3) Load<TVectors>(c + (3 * cRow), out c30, out c31);
            if (TRows.Size > 4) Load<TVectors>(c + (4 * cRow), out c40, out c41);
            if (TRows.Size > 5) Load<TVectors>(c + (5 * cRow), out c50, out c51);
            if (TRows.Size > 6) Load<TVectors>(c + (6 * cRow), out c60, out c61);
            if (TRows.Size > 7) Load<TVectors>(c + (7 * cRow), out c70, out c71);
            if (TRows.Size > 8) Load<TVectors>(c + (8 * cRow), out c80, out c81);
            if (TRows.Size > 9) Load<TVectors>(c + (9 * cRow), out c90, out c91);
            if (TRows.Size > 10) Load<TVectors>(c + (10 * cRow), out ca0, out ca1);
            if (TRows.Size > 11) Load<TVectors>(c + (11 * cRow), out cb0, out cb1);
        }

        // Rows are addressed from every fourth one, because an address may add one, two or (in a register) three strides.
        nint aRow3 = 3 * aRow;
        byte* a4 = a + (4 * aRow);
        byte* a8 = a + (8 * aRow);
        int stretch = ((k - 1) / Rows) + 1;
        while (k > 0)
        {
            Prefetch(soonB, soonC);
            soonB += 128;
            soonC += cRow;
            int pause = Math.Max(0, k - stretch);
            do
            {
                Vector512<float> b0 = Vector512.Load((float*)b);
                Vector512<float> b1 = TVectors.Size > 1 ? Vector512.Load((float*)(b + 64)) : default;
                Vector512<float> x;
                x = Vector512.Create(*(float*)a);
                c00 = Vector512.FusedMultiplyAdd(x, b0, c00);
                c01 = TVectors.Size > 1 ? Vector512.FusedMultiplyAdd(x, b1, c01) : default;

                if (TRows.Size > 1)
                {
                    x = Vector512.Create(*(float*)(a + aRow));
                    c10 = Vector512.FusedMultiplyAdd(x, b0, c10);
                    c11 = TVectors.Size > 1 ? Vector512.FusedMultiplyAdd(x, b1, c11) : default;
                }

                if (TRows.Size > 2)
                {
                    x = Vector512.Create(*(float*)(a + (2 * aRow)));
                    c20 = Vector512.FusedMultiplyAdd(x, b0, c20);
                    c21 = TVectors.Size > 1 ? Vector512.FusedMultiplyAdd(x, b1, c21) : default;
                }

                if (TRows.Size > 3)
                {
                    x = Vector512.Create(*(float*)(a + aRow3));
                    c30 = Vector512.FusedMultiplyAdd(x, b0, c30);
                    c31 = TVectors.Size > 1 ? Vector512.FusedMultiplyAdd(x, b1, c31) : default;
                }

                if (TRows.Size > 4)
                {
                    x = Vector512.Create(*(float*)a4);
                    c40 = Vector512.FusedMultiplyAdd(x, b0, c40);
                    c41 = TVectors.Size > 1 ? Vector512.FusedMultiplyAdd(x, b1, c41) : default;
                }

                if (TRows.Size > 5)
                {
                    x = Vector512.Create(*(float*)(a4 + aRow));
                    c50 = Vector512.FusedMultiplyAdd(x, b0, c50);
                    c51 = TVectors.Size > 1 ? Vector512.FusedMultiplyAdd(x, b1, c51) : default;
                }

                if (TRows.Size > 6)
                {
                    x = Vector512.Create(*(float*)(a4 + (2 * aRow)));
                    c60 = Vector512.FusedMultiplyAdd(x, b0, c60);
                    c61 = TVectors.Size > 1 ? Vector512.FusedMultiplyAdd(x, b1, c61) : default;
                }

                if (TRows.Size > 7)
                {
                    x = Vector512.Create(*(float*)(a4 + aRow3));
                    c70 = Vector512.FusedMultiplyAdd(x, b0, c70);
                    c71 = TVectors.Size > 1 ? Vector512.FusedMultiplyAdd(x, b1, c71) : default;
                }

                if (TRows.Size > 8)
                {
                    x = Vector512.Create(*(float*)a8);
                    c80 = Vector512.FusedMultiplyAdd(x, b0, c80);
                    c81 = TVectors.Size > 1 ? Vector512.FusedMultiplyAdd(x, b1, c81) : default;
                }

                if (TRows.Size > 9)
                {
                    x = Vector512.Create(*(float*)(a8 + aRow));
                    c90 = Vector512.FusedMultiplyAdd(x, b0, c90);
                    c91 = TVectors.Size > 1 ? Vector512.FusedMultiplyAdd(x, b1, c91) : default;
                }

                if (TRows.Size > 10)
                {
                    x = Vector512.Create(*(float*)(a8 + (2 * aRow)));
                    ca0 = Vector512.FusedMultiplyAdd(x, b0, ca0);
                    ca1 = TVectors.Size > 1 ? Vector512.FusedMultiplyAdd(x, b1, ca1) : default;
                }

                if (TRows.Size > 11)
                {
                    x = Vector512.Create(*(float*)(a8 + aRow3));
                    cb0 = Vector512.FusedMultiplyAdd(x, b0, cb0);
                    cb1 = TVectors.Size > 1 ? Vector512.FusedMultiplyAdd(x, b1, cb1) : default;
                }

                a += aColumn;
                a4 += aColumn;
                a8 += aColumn;
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
        if (TRows.Size > 6) Store<TVectors>(c60, c61, c + (6 * cRow));
        if (TRows.Size > 7) Store<TVectors>(c70, c71, c + (7 * cRow));
        if (TRows.Size > 8) Store<TVectors>(c80, c81, c + (8 * cRow));
        if (TRows.Size > 9) Store<TVectors>(c90, c91, c + (9 * cRow));
        if (TRows.Size > 10) Store<TVectors>(ca0, ca1, c + (10 * cRow));
        if (TRows.Size > 11) Store<TVectors>(cb0, cb1, c + (11 * cRow));
    }

    // Lines that are needed next come in few at a time: a burst of misses would hold up the loads of the loop.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(byte* soonB, byte* soonC)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch1(soonB);
            Sse.Prefetch1(soonB + 64);
            Sse.Prefetch0(soonC);
            Sse.Prefetch0(soonC + 64);
            Sse.Prefetch0(soonC + 127);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load<TVectors>(byte* c, out Vector512<float> first, out Vector512<float> second)
        where TVectors : struct, IExtent
    {
        first = Vector512.Load((float*)c);
        second = TVectors.Size > 1 ? Vector512.Load((float*)(c + 64)) : default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TVectors>(Vector512<float> first, Vector512<float> second, byte* c)
        where TVectors : struct, IExtent
    {
        first.Store((float*)c);
        if (TVectors.Size > 1)
        {
            second.Store((float*)(c + 64));
        }
    }
}
