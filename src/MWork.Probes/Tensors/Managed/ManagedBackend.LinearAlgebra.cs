using static MWork.Probes.Tensors.Shapes;

namespace MWork.Probes.Tensors.Managed;

public sealed unsafe partial class ManagedBackend
{
    public Tensor MatMul(Tensor a, Tensor b, bool transposeA = false, bool transposeB = false)
    {
        if (a.Rank < 2 || b.Rank < 2)
        {
            throw Misfit("MatMul", a, b, "each needs two dimensions or more.");
        }

        bool sharedB = b.Rank == 2;
        int m = a.Size(transposeA ? -1 : -2);
        int k = a.Size(transposeA ? -2 : -1);
        int n = b.Size(transposeB ? -2 : -1);
        if (b.Size(transposeB ? -1 : -2) != k)
        {
            throw Misfit("MatMul", a, b, $"inner sizes differ (transposeA {transposeA}, transposeB {transposeB}).");
        }

        if (!sharedB && !a.Shape[..^2].SequenceEqual(b.Shape[..^2]))
        {
            throw Misfit("MatMul", a, b, "leading dimensions must be equal, or b must have none.");
        }

        var output = new ManagedTensor([.. a.Shape[..^2], m, n]);
        if (b is HalfTensor half && !transposeA)
        {
            Multiply(Own(a), output.Count / Math.Max(1, n), n, k, half, transposeB, output);
            return output;
        }

        ManagedTensor left = Own(a);
        ManagedTensor right = Own(b);
        int batch = Product(a.Shape[..^2]);
        if (sharedB && !transposeA)
        {
            // All rows of the batch against one matrix are one product.
            m *= batch;
            batch = 1;
        }

        var product = new Product3(
            m, n, k,
            new Operand((long)left.Count / Math.Max(1, batch), transposeA ? 1 : k, transposeA ? m : 1),
            new Operand(sharedB ? 0 : (long)n * k, transposeB ? 1 : n, transposeB ? k : 1));
        Multiply(product, batch, left.Data, right.Data, output.Data);
        GC.KeepAlive(left);
        GC.KeepAlive(right);
        return output;
    }

    public Tensor Linear(Tensor x, Tensor weight, Tensor? bias = null)
    {
        (int rows, int k) = Matrix(x);
        if (weight.Rank != 2 || weight.Size(1) != k)
        {
            throw Misfit("Linear", x, weight, "expected [..., in] and [out, in].");
        }

        int n = weight.Size(0);
        if (bias is not null && (bias.Rank != 1 || bias.Count != n))
        {
            throw Misfit("Linear", weight, bias, "expected [out, in] and a bias [out].");
        }

        ManagedTensor input = Own(x);
        var output = new ManagedTensor([.. x.Shape[..^1], n]);
        if (weight is HalfTensor half)
        {
            Multiply(input, rows, n, k, half, transpose: true, output);
        }
        else
        {
            ManagedTensor w = Own(weight);
            Multiply(new Product3(rows, n, k, new Operand(0, k, 1), new Operand(0, 1, k)), 1, input.Data, w.Data, output.Data);
        }

        if (bias is not null)
        {
            AddBias(output.Data, Own(bias).Data, rows, n);
        }

        GC.KeepAlive(input);
        GC.KeepAlive(weight);
        GC.KeepAlive(bias);
        return output;
    }

    private void Multiply(ManagedTensor x, int rows, int n, int k, HalfTensor weight, bool transpose, ManagedTensor output)
    {
        Gemm.Multiply(_workers, rows, n, k, x.Data, weight.Matrix, transpose, output.Data);
        GC.KeepAlive(x);
        GC.KeepAlive(weight);
    }

    private void AddBias(float* y, float* bias, int rows, int columns) => ForRows(rows, columns, StreamGrain, (start, end) =>
    {
        for (int i = start; i < end; i++)
        {
            Lanes.Accumulate(bias, y + ((long)i * columns), columns);
        }
    });

    /// <summary>A batch of products: over the batch when it has more members than there are threads, inside each product
    /// otherwise. Either way an element is the same chain, so the bits do not depend on the choice.</summary>
    private void Multiply(Product3 p, int batch, float* a, float* b, float* c)
    {
        if (p.M == 0 || p.N == 0 || batch == 0)
        {
            return;
        }

        long size = (long)p.M * p.N;
        if (p.K == 0)
        {
            new Span<float>(c, checked((int)(size * batch))).Clear();
            return;
        }

        bool split = batch >= _workers.Threads;
        Workers inside = split ? s_alone : _workers;
        (split ? _workers : s_alone).For(batch, Grain(StreamGrain, size * p.K), (start, end) =>
        {
            for (int i = start; i < end; i++)
            {
                Gemm.Multiply(
                    inside, p.M, p.N, p.K,
                    a + (i * p.A.BatchStride), p.A.RowStride, p.A.ColumnStride,
                    b + (i * p.B.BatchStride), p.B.RowStride, p.B.ColumnStride,
                    c + (i * size), p.N, accumulate: false);
            }
        });
    }

    private readonly record struct Operand(long BatchStride, long RowStride, long ColumnStride);

    /// <summary>Sizes and strides of C[M, N] = A[M, K] · B[K, N].</summary>
    private readonly record struct Product3(int M, int N, int K, Operand A, Operand B);
}
