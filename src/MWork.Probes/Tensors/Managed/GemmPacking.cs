using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MWork.Probes.Tensors.Managed;

/// <summary>Copies a block of a matrix into the order in which the matrix product reads it.</summary>
internal static unsafe class GemmPacking
{
    private const int RowsAhead = 12;
    private const int LanesAhead = 12;
    private const int FloatsPerLine = 16;

    /// <summary>
    /// Writes <paramref name="lanes"/> × <paramref name="depth"/> elements as <paramref name="depth"/> groups of
    /// <paramref name="width"/>, lanes next to each other, zeros in the lanes that the matrix lacks. A lane is a row of A or a
    /// column of B; the depth is k.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack(
        float* source, int lanes, long laneStride, int depth, long depthStride, float* destination, int width)
    {
        int lane = 0;
        if (laneStride == 1)
        {
            CopyRows(source, lanes, depth, depthStride, destination, width);
            lane = lanes;
        }
        else if (depthStride == 1)
        {
            for (; lane + 8 <= lanes; lane += 8)
            {
                Transpose8(source + (lane * laneStride), laneStride, depth, destination + lane, width);
            }

            for (; lane + 4 <= lanes; lane += 4)
            {
                Transpose4(source + (lane * laneStride), laneStride, depth, destination + lane, width);
            }
        }

        for (; lane < lanes; lane++)
        {
            CopyLane(source + (lane * laneStride), depth, depthStride, destination + lane, width);
        }

        for (; lane < width; lane++)
        {
            for (int p = 0; p < depth; p++)
            {
                destination[((long)p * width) + lane] = 0;
            }
        }
    }

    // Rows lie pages apart, where the hardware does not foresee the next.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(float* row, int lanes)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(row);
            Sse.Prefetch0(row + (lanes / 2));
            Sse.Prefetch0(row + lanes - 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PrefetchLanes(float* first, long laneStride)
    {
        for (int lane = 0; lane < LanesAhead; lane++)
        {
            Sse.Prefetch0(first + (lane * laneStride));
        }
    }

    private static void CopyLane(float* source, int depth, long depthStride, float* destination, int width)
    {
        for (int p = 0; p < depth; p++)
        {
            destination[(long)p * width] = source[p * depthStride];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyRows(float* source, int lanes, int depth, long depthStride, float* destination, int width)
    {
        for (int p = 0; p < depth; p++)
        {
            Prefetch(source + (RowsAhead * depthStride), lanes);
            int i = 0;
            for (; i + 16 <= lanes; i += 16)
            {
                Vector512.Load(source + i).Store(destination + i);
            }

            for (; i + 4 <= lanes; i += 4)
            {
                Vector128.Load(source + i).Store(destination + i);
            }

            for (; i < lanes; i++)
            {
                destination[i] = source[i];
            }

            source += depthStride;
            destination += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose8(float* source, long laneStride, int depth, float* destination, int width)
    {
        int p = 0;
        if (Avx.IsSupported)
        {
            for (; p + 4 <= depth; p += 4)
            {
                if (p % FloatsPerLine == 0)
                {
                    PrefetchLanes(source + p + (LanesAhead * laneStride), laneStride);
                }

                Block8.LoadColumns(source + p, laneStride, out Vector256<float> c0, out var c1, out var c2, out var c3);
                float* to = destination + ((long)p * width);
                c0.Store(to);
                c1.Store(to + width);
                c2.Store(to + (2L * width));
                c3.Store(to + (3L * width));
            }
        }

        for (int lane = 0; lane < 8; lane++)
        {
            CopyLane(source + (lane * laneStride) + p, depth - p, 1, destination + lane + ((long)p * width), width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose4(float* source, long laneStride, int depth, float* destination, int width)
    {
        int p = 0;
        if (Sse.IsSupported)
        {
            for (; p + 4 <= depth; p += 4)
            {
                Vector128<float> r0 = Vector128.Load(source + p);
                Vector128<float> r1 = Vector128.Load(source + p + laneStride);
                Vector128<float> r2 = Vector128.Load(source + p + (2 * laneStride));
                Vector128<float> r3 = Vector128.Load(source + p + (3 * laneStride));
                Vector128<float> low01 = Sse.UnpackLow(r0, r1);
                Vector128<float> low23 = Sse.UnpackLow(r2, r3);
                Vector128<float> high01 = Sse.UnpackHigh(r0, r1);
                Vector128<float> high23 = Sse.UnpackHigh(r2, r3);
                float* to = destination + ((long)p * width);
                Sse.MoveLowToHigh(low01, low23).Store(to);
                Sse.MoveHighToLow(low23, low01).Store(to + width);
                Sse.MoveLowToHigh(high01, high23).Store(to + (2L * width));
                Sse.MoveHighToLow(high23, high01).Store(to + (3L * width));
            }
        }

        for (int lane = 0; lane < 4; lane++)
        {
            CopyLane(source + (lane * laneStride) + p, depth - p, 1, destination + lane + ((long)p * width), width);
        }
    }
}
