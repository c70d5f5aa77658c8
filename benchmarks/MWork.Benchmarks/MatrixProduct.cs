using System.Runtime.InteropServices;
using MWork.Probes.Randomness;
using MWork.Probes.Tensors.Managed;

namespace MWork.Benchmarks;

/// <summary>A product C[m, n] = A[m, k]·B[k, n] of random row-major matrices, ready to run.</summary>
internal sealed unsafe class MatrixProduct : IDisposable
{
    private readonly int _m, _n, _k;
    private readonly float* _a, _b, _c;

    public MatrixProduct(int m, int k, int n)
    {
        (_m, _n, _k) = (m, n, k);
        var random = new CounterRandom(1, "matrix product");
        _a = Fill((long)m * k, random);
        _b = Fill((long)k * n, random);
        _c = Fill((long)m * n, random);
    }

    public double FloatingPointOperations => 2.0 * _m * _n * _k;

    public void Run(Workers workers) => Gemm.Multiply(workers, _m, _n, _k, _a, _k, 1, _b, _n, 1, _c, _n, accumulate: false);

    public void Dispose()
    {
        NativeMemory.AlignedFree(_a);
        NativeMemory.AlignedFree(_b);
        NativeMemory.AlignedFree(_c);
    }

    private static float* Fill(long count, CounterRandom random)
    {
        var data = (float*)NativeMemory.AlignedAlloc((nuint)(count * sizeof(float)), 64);
        for (long i = 0; i < count; i++)
        {
            data[i] = (float)random.NextDouble() - 0.5f;
        }

        return data;
    }
}
