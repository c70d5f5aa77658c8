using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MWork.Probes.Tensors.Managed;

/// <summary>
/// A vector times the rows of a matrix, y[i] (=|+=) Σ W[i, p]·x[p], as decoding one token needs it. Blocks of W are turned in registers, so
/// that vectors run across outputs and each output stays one chain in ascending p, as in <see cref="Gemm"/>.
/// </summary>
/// <remarks>A thread has one and uses it for every product, so that nothing is allocated per call.</remarks>
internal sealed unsafe class Gemv
{
    private const int Lanes = 8;

    // Four chains side by side cover the latency of the multiply-add.
    private const int Group = 4 * Lanes;

    // Products of this kind wait for memory: a second thread pays earlier than in Gemm.
    private const long WorthSharing = 1 << 17;

    // Depth of what is widened from 16 bits at a time (16 KiB).
    private const int HalfDepth = 128;

    [ThreadStatic]
    private static Gemv? t_job;

    private readonly Action<int, int> _compute;
    private StridedMatrix _weight, _x, _y;
    private HalfMatrix _half;
    private int _outputs, _depth;
    private bool _accumulate;

    private Gemv() => _compute = Compute;

    /// <summary>Whether this machine turns blocks fast enough to prefer this over packing.</summary>
    public static bool IsSupported => Avx.IsSupported;

    /// <param name="weight">[outputs, depth], rows contiguous.</param>
    /// <param name="x">A column [depth, 1].</param>
    /// <param name="y">A column [outputs, 1].</param>
    public static void Multiply(
        Workers workers, int outputs, int depth, StridedMatrix weight, StridedMatrix x, StridedMatrix y, bool accumulate)
    {
        Gemv job = t_job ??= new Gemv();
        (job._outputs, job._depth, job._weight, job._x, job._y, job._accumulate) = (outputs, depth, weight, x, y, accumulate);
        job._half = default;
        Run(job, workers, outputs, depth);
    }

    /// <summary>As the other, with weights in 16 bits.</summary>
    public static void Multiply(Workers workers, int outputs, int depth, HalfMatrix weight, StridedMatrix x, StridedMatrix y)
    {
        Gemv job = t_job ??= new Gemv();
        (job._outputs, job._depth, job._half, job._x, job._y, job._accumulate) = (outputs, depth, weight, x, y, false);
        Run(job, workers, outputs, depth);
    }

    private static void Run(Gemv job, Workers workers, int outputs, int depth)
    {
        int groups = (outputs + Group - 1) / Group;
        if (workers.Threads > 1 && (long)outputs * depth >= WorthSharing)
        {
            workers.For(groups, 1, job._compute);
        }
        else
        {
            job.Compute(0, groups);
        }
    }

    [SkipLocalsInit]
    private void Compute(int from, int to)
    {
        float* sums = stackalloc float[Group];
        int end = Math.Min(_outputs, to * Group);
        for (int first = from * Group; first < end; first += Group)
        {
            int count = Math.Min(Group, end - first);
            for (int i = 0; i < Group; i++)
            {
                sums[i] = _accumulate && i < count ? *_y.At(first + i, 0) : 0;
            }

            if (_half.IsNone)
            {
                ComputeRows(_weight.At(first, 0), _weight.Row, count, 0, _depth, sums);
            }
            else
            {
                ComputeHalves(first, count, sums);
            }

            for (int i = 0; i < count; i++)
            {
                *_y.At(first + i, 0) = sums[i];
            }
        }
    }

    [SkipLocalsInit]
    private void ComputeHalves(int first, int count, float* sums)
    {
        float* wide = stackalloc float[Group * HalfDepth];
        for (int p = 0; p < _depth; p += HalfDepth)
        {
            int depth = Math.Min(HalfDepth, _depth - p);
            for (int i = 0; i < count; i++)
            {
                _half.Widen(first + i, p, depth, wide + (i * HalfDepth));
            }

            ComputeRows(wide, HalfDepth, count, p, depth, sums);
        }
    }

    // Continues the chains of at most a group of outputs by the elements [p0, p0 + depth) of x, which the rows begin with.
    private void ComputeRows(float* rows, long stride, int count, int p0, int depth, float* sums)
    {
        int done = 0;
        if (count == Group)
        {
            ComputeGroup(rows, stride, p0, depth, sums);
            done = Group;
        }

        for (; done + Lanes <= count; done += Lanes)
        {
            ComputeLanes(rows + (done * stride), stride, p0, depth, sums + done);
        }

        for (; done < count; done++)
        {
            ComputeScalar(rows + (done * stride), 0, p0, depth, sums + done);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ComputeGroup(float* rows, long stride, int p0, int depth, float* sums)
    {
        Vector256<float> s0 = Vector256.Load(sums);
        Vector256<float> s1 = Vector256.Load(sums + Lanes);
        Vector256<float> s2 = Vector256.Load(sums + (2 * Lanes));
        Vector256<float> s3 = Vector256.Load(sums + (3 * Lanes));
        float* r = rows;
        float* x = _x.At(p0, 0);
        long xStep = _x.Row;
        int p = 0;
        for (; p + 4 <= depth; p += 4)
        {
            Vector256<float> x0 = Vector256.Create(*x);
            Vector256<float> x1 = Vector256.Create(x[xStep]);
            Vector256<float> x2 = Vector256.Create(x[2 * xStep]);
            Vector256<float> x3 = Vector256.Create(x[3 * xStep]);
            s0 = Step(r, stride, x0, x1, x2, x3, s0);
            s1 = Step(r + (Lanes * stride), stride, x0, x1, x2, x3, s1);
            s2 = Step(r + (2 * Lanes * stride), stride, x0, x1, x2, x3, s2);
            s3 = Step(r + (3 * Lanes * stride), stride, x0, x1, x2, x3, s3);
            r += 4;
            x += 4 * xStep;
        }

        s0.Store(sums);
        s1.Store(sums + Lanes);
        s2.Store(sums + (2 * Lanes));
        s3.Store(sums + (3 * Lanes));
        for (int i = 0; p < depth && i < Group; i++)
        {
            ComputeScalar(rows + (i * stride), p, p0, depth, sums + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ComputeLanes(float* rows, long stride, int p0, int depth, float* sums)
    {
        Vector256<float> s = Vector256.Load(sums);
        int p = 0;
        for (; p + 4 <= depth; p += 4)
        {
            float* x = _x.At(p0 + p, 0);
            s = Step(
                rows + p, stride, Vector256.Create(*x), Vector256.Create(x[_x.Row]), Vector256.Create(x[2 * _x.Row]),
                Vector256.Create(x[3 * _x.Row]), s);
        }

        s.Store(sums);
        for (int i = 0; p < depth && i < Lanes; i++)
        {
            ComputeScalar(rows + (i * stride), p, p0, depth, sums + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Step(
        float* rows, long stride, Vector256<float> x0, Vector256<float> x1, Vector256<float> x2, Vector256<float> x3, Vector256<float> sum)
    {
        Block8.LoadColumns(
            rows, stride, out Vector256<float> c0, out Vector256<float> c1, out Vector256<float> c2, out Vector256<float> c3);
        sum = Vector256.FusedMultiplyAdd(x0, c0, sum);
        sum = Vector256.FusedMultiplyAdd(x1, c1, sum);
        sum = Vector256.FusedMultiplyAdd(x2, c2, sum);
        return Vector256.FusedMultiplyAdd(x3, c3, sum);
    }

    private void ComputeScalar(float* row, int from, int p0, int depth, float* sum)
    {
        float s = *sum;
        for (int p = from; p < depth; p++)
        {
            s = float.FusedMultiplyAdd(*_x.At(p0 + p, 0), row[p], s);
        }

        *sum = s;
    }
}
