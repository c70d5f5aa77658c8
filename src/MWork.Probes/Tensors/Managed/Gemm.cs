namespace MWork.Probes.Tensors.Managed;

/// <summary>Matrix products. Every output is one chain of fused multiply-adds in ascending k, so its bits depend neither on
/// threads nor on blocks, position or the machine. (Which NaN a NaN result is, the machine decides.)</summary>
internal static unsafe class Gemm
{
    /// <summary>C[m, n] (=|+=) A[m, k]·B[k, n]. Strides are in elements; C's rows are contiguous and overlap neither A nor B.</summary>
    /// <param name="accumulate">Start each chain from C's value instead of +0.</param>
    public static void Multiply(
        Workers workers, int m, int n, int k, float* a, long aRowStride, long aColStride,
        float* b, long bRowStride, long bColStride, float* c, long cRowStride, bool accumulate)
    {
        if (m <= 0 || n <= 0)
        {
            return;
        }

        if (k <= 0)
        {
            if (!accumulate)
            {
                Clear(m, n, c, cRowStride);
            }

            return;
        }

        var left = new StridedMatrix(a, aRowStride, aColStride);
        var right = new StridedMatrix(b, bRowStride, bColStride);
        var result = new StridedMatrix(c, cRowStride, 1);
        if (m == 1 && bRowStride == 1 && bColStride != 1 && Gemv.IsSupported)
        {
            Gemv.Multiply(workers, n, k, right.Transposed, left.Transposed, result.Transposed, accumulate);
        }
        else if (n == 1 && aColStride == 1 && Gemv.IsSupported)
        {
            Gemv.Multiply(workers, m, k, left, right, result, accumulate);
        }
        else
        {
            GemmJob.OfThisThread.Run(workers, m, n, k, left, right, result, accumulate);
        }
    }

    /// <summary>C[m, n] = A[m, k]·W, or A·Wᵀ where <paramref name="transposed"/>; A and C are row-major. W is widened in parts.</summary>
    public static void Multiply(
        Workers workers, int m, int n, int k, float* a, HalfMatrix weight, bool transposed, float* c)
    {
        if (m <= 0 || n <= 0)
        {
            return;
        }

        if (k <= 0)
        {
            Clear(m, n, c, n);
            return;
        }

        var left = new StridedMatrix(a, k, 1);
        var result = new StridedMatrix(c, n, 1);
        if (m == 1 && transposed && Gemv.IsSupported)
        {
            Gemv.Multiply(workers, n, k, weight, left.Transposed, result.Transposed);
        }
        else
        {
            GemmJob.OfThisThread.Run(workers, m, n, k, left, weight, transposed, result);
        }
    }

    private static void Clear(int m, int n, float* c, long cRowStride)
    {
        for (int i = 0; i < m; i++)
        {
            new Span<float>(c + (i * cRowStride), n).Clear();
        }
    }
}
