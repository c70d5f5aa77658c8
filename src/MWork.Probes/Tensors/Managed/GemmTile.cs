using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MWork.Probes.Tensors.Managed;

/// <summary>The tile of outputs that the matrix product keeps in registers, chosen by the width of the machine's vectors. The
/// choice moves outputs between tiles and never changes the chain of additions of any.</summary>
internal static unsafe class GemmTile
{
    /// <summary>Rows of a full tile.</summary>
    public static int Rows
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.IsHardwareAccelerated ? GemmKernel512.Rows : GemmKernel256.Rows;
    }

    /// <summary>Columns of half a tile: one vector.</summary>
    public static int HalfColumns
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.IsHardwareAccelerated ? Vector512<float>.Count : Vector256<float>.Count;
    }

    /// <summary>Columns of a full tile: two vectors.</summary>
    public static int Columns
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 2 * HalfColumns;
    }

    /// <summary>
    /// C[rows, columns] (=|+=) A[rows, k]·B[k, columns] for at most one tile. B's rows are contiguous and readable over a whole
    /// number of vectors; C is touched only where it is real.
    /// </summary>
    /// <remarks>Strides are in elements.</remarks>
    [SkipLocalsInit]
    public static void Run(
        int rows, int columns, int k, float* a, long aRow, long aColumn, float* b, long bRow, float* c, long cRow, bool accumulate,
        float* soonB, float* soonC)
    {
        bool wide = columns > HalfColumns;
        int width = wide ? Columns : HalfColumns;
        if (columns == width)
        {
            Dispatch(rows, wide, k, a, aRow, aColumn, b, bRow, c, cRow, accumulate, soonB, soonC);
            return;
        }

        // A narrow edge runs as a full vector into a copy, of which only the real columns come back.
        float* edge = stackalloc float[Rows * width];
        if (accumulate)
        {
            Copy(rows, columns, c, cRow, edge, width);
        }

        Dispatch(rows, wide, k, a, aRow, aColumn, b, bRow, edge, width, accumulate, soonB, soonC);
        Copy(rows, columns, edge, width, c, cRow);
    }

    private static void Copy(int rows, int columns, float* from, long fromRow, float* to, long toRow)
    {
        for (int i = 0; i < rows; i++)
        {
            new Span<float>(from + (i * fromRow), columns).CopyTo(new Span<float>(to + (i * toRow), columns));
        }
    }

    private static void Dispatch(
        int rows, bool wide, int k, float* a, long aRow, long aColumn, float* b, long bRow, float* c, long cRow, bool accumulate,
        float* soonB, float* soonC)
    {
        if (wide)
        {
            Dispatch<Extent.Two>(rows, k, a, aRow, aColumn, b, bRow, c, cRow, accumulate, soonB, soonC);
        }
        else
        {
            Dispatch<Extent.One>(rows, k, a, aRow, aColumn, b, bRow, c, cRow, accumulate, soonB, soonC);
        }
    }

    private static void Dispatch<TVectors>(
        int rows, int k, float* a, long aRow, long aColumn, float* b, long bRow, float* c, long cRow, bool accumulate,
        float* soonB, float* soonC)
        where TVectors : struct, IExtent
    {
        switch (rows)
        {
            case 1: Run<Extent.One, TVectors>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate, soonB, soonC); break;
            case 2: Run<Extent.Two, TVectors>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate, soonB, soonC); break;
            case 3: Run<Extent.Three, TVectors>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate, soonB, soonC); break;
            case 4: Run<Extent.Four, TVectors>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate, soonB, soonC); break;
            case 5: Run<Extent.Five, TVectors>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate, soonB, soonC); break;
            case 6: Run<Extent.Six, TVectors>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate, soonB, soonC); break;
            case 7: Run<Extent.Seven, TVectors>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate, soonB, soonC); break;
            case 8: Run<Extent.Eight, TVectors>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate, soonB, soonC); break;
            case 9: Run<Extent.Nine, TVectors>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate, soonB, soonC); break;
            case 10: Run<Extent.Ten, TVectors>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate, soonB, soonC); break;
            case 11: Run<Extent.Eleven, TVectors>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate, soonB, soonC); break;
            default: Run<Extent.Twelve, TVectors>(k, a, aRow, aColumn, b, bRow, c, cRow, accumulate, soonB, soonC); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Run<TRows, TVectors>(
        int k, float* a, long aRow, long aColumn, float* b, long bRow, float* c, long cRow, bool accumulate,
        float* soonB, float* soonC)
        where TRows : struct, IExtent
        where TVectors : struct, IExtent
    {
        const int Bytes = sizeof(float);
        if (Vector512.IsHardwareAccelerated)
        {
            GemmKernel512.Run<TRows, TVectors>(
                k, (byte*)a, (nint)aRow * Bytes, (nint)aColumn * Bytes, (byte*)b, (nint)bRow * Bytes, (byte*)c, (nint)cRow * Bytes, accumulate,
                (byte*)soonB, (byte*)soonC);
        }
        else
        {
            GemmKernel256.Run<TRows, TVectors>(
                k, (byte*)a, (nint)aRow * Bytes, (nint)aColumn * Bytes, (byte*)b, (nint)bRow * Bytes, (byte*)c, (nint)cRow * Bytes, accumulate,
                (byte*)soonB, (byte*)soonC);
        }
    }
}
