using System.Runtime.Intrinsics;

namespace MWork.Probes.Tensors.Managed;

/// <summary>Matrix product in one fixed order of summation.</summary>
internal static unsafe class Gemm
{
    /// <summary>
    /// C[m,n] (=|+=) A[m,k] · B[k,n]. Every element of C is one chain of fused multiply-adds in ascending k, from 0 or from C when
    /// accumulating. Strides count elements.
    /// </summary>
    public static void Multiply(
        Workers workers, int m, int n, int k, float* a, long aRowStride, long aColStride, float* b, long bRowStride, long bColStride,
        float* c, long cRowStride, bool accumulate)
    {
        int panels = Lanes.Vectors(n);
        workers.For(panels, 1, (start, end) =>
        {
            Storage packed = Storage.Rent(k * Lanes.Width);
            for (int panel = start; panel < end; panel++)
            {
                int column = panel * Lanes.Width;
                int width = Math.Min(Lanes.Width, n - column);
                Pack(b + (column * bColStride), bRowStride, bColStride, k, width, packed.Data);
                for (int i = 0; i < m; i++)
                {
                    float* target = c + (i * cRowStride) + column;
                    float* left = a + (i * aRowStride);
                    Vector512<float> sum = Vector512<float>.Zero;
                    if (accumulate)
                    {
                        sum = width == Lanes.Width ? Vector512.Load(target) : Lanes.Load(target, width);
                    }

                    for (int p = 0; p < k; p++)
                    {
                        sum = Vector512.FusedMultiplyAdd(
                            Vector512.Create(left[p * aColStride]), Vector512.Load(packed.Data + ((long)p * Lanes.Width)), sum);
                    }

                    if (width == Lanes.Width)
                    {
                        sum.Store(target);
                    }
                    else
                    {
                        Lanes.Store(sum, target, width);
                    }
                }
            }

            packed.Release();
        });
    }

    private static void Pack(float* b, long rowStride, long colStride, int k, int width, float* to)
    {
        for (int p = 0; p < k; p++)
        {
            for (int j = 0; j < Lanes.Width; j++)
            {
                to[(p * Lanes.Width) + j] = j < width ? b[(p * rowStride) + (j * colStride)] : 0;
            }
        }
    }
}
