using System.Runtime.InteropServices;
using MWork.Probes.Randomness;
using MWork.Probes.Tensors.Managed;
using Shouldly;

namespace MWork.Regression.Tensors;

/// <summary>One matrix product with random entries and guards around the result, and its definition in scalars.</summary>
internal sealed unsafe class Product : IDisposable
{
    // Columns of C that belong to nobody, where a write would show.
    private const int Guard = 3;
    private const float Untouched = 12345.5f;

    private readonly int _m, _n, _k;
    private readonly long _aRow, _aColumn, _bRow, _bColumn;
    private readonly float* _a, _b, _c;
    private readonly float[] _start;

    public Product(int m, int n, int k, GemmTests.Layout layoutA, GemmTests.Layout layoutB)
    {
        (_m, _n, _k) = (m, n, k);
        (_aRow, _aColumn) = Strides(m, k, layoutA);
        (_bRow, _bColumn) = Strides(k, n, layoutB);
        var random = new CounterRandom((ulong)((m * 1_000_003L) + (n * 1009) + k), "product");
        _a = Fill(((m - 1) * _aRow) + ((k - 1) * _aColumn) + 1, ref random);
        _b = Fill(((k - 1) * _bRow) + ((n - 1) * _bColumn) + 1, ref random);
        _c = Fill((long)m * (n + Guard), ref random);
        _start = new Span<float>(_c, m * (n + Guard)).ToArray();
        for (int i = 0; i < m; i++)
        {
            _start.AsSpan((i * (n + Guard)) + n, Guard).Fill(Untouched);
        }
    }

    public ref float A(int i, int p) => ref _a[(i * _aRow) + (p * _aColumn)];

    public ref float B(int p, int j) => ref _b[(p * _bRow) + (j * _bColumn)];

    public void Multiply(Workers workers, bool accumulate) => Gemm.Multiply(
        workers, _m, _n, _k, _a, _aRow, _aColumn, _b, _bRow, _bColumn, _c, _n + Guard, accumulate);

    public void Check(Workers workers, bool accumulate)
    {
        _start.CopyTo(new Span<float>(_c, _start.Length));
        Multiply(workers, accumulate);
        for (int i = 0; i < _m; i++)
        {
            for (int j = 0; j < _n + Guard; j++)
            {
                float start = _start[(i * (_n + Guard)) + j];
                float expected = j < _n ? Chain(i, j, accumulate ? start : 0) : start;
                float actual = _c[(i * (_n + Guard)) + j];
                bool same = float.IsNaN(expected)
                    ? float.IsNaN(actual)
                    : BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(actual);
                if (!same)
                {
                    actual.ShouldBe(expected, $"C[{i}, {j}] of {_m}×{_k}·{_k}×{_n}, A {_aRow},{_aColumn}, B {_bRow},{_bColumn}");
                }
            }
        }
    }

    public void Dispose()
    {
        NativeMemory.Free(_a);
        NativeMemory.Free(_b);
        NativeMemory.Free(_c);
    }

    private static (long Row, long Column) Strides(int rows, int columns, GemmTests.Layout layout) => layout switch
    {
        GemmTests.Layout.RowMajor => (columns, 1),
        GemmTests.Layout.Transposed => (1, rows + 1),
        _ => ((columns * 2) + 3, 2),
    };

    // Exact sizes and no alignment: a kernel that reads past the end has nothing to lean on.
    private static float* Fill(long count, ref CounterRandom random)
    {
        var data = (float*)NativeMemory.Alloc((nuint)count, sizeof(float));
        for (long i = 0; i < count; i++)
        {
            data[i] = (random.NextInt(1 << 24) - (1 << 23)) * 1e-6f;
        }

        return data;
    }

    private float Chain(int i, int j, float sum)
    {
        for (int p = 0; p < _k; p++)
        {
            sum = float.FusedMultiplyAdd(A(i, p), B(p, j), sum);
        }

        return sum;
    }
}
