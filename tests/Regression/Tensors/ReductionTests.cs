using MWork.Probes.Tensors;
using Shouldly;
using static MWork.Regression.Tensors.TensorData;

namespace MWork.Regression.Tensors;

public sealed class ReductionTests
{
    public static TheoryData<int, int> Matrices
    {
        get
        {
            var data = new TheoryData<int, int> { { 0, 4 }, { 700, 300 } };
            foreach (int columns in OddSizes)
            {
                data.Add(1, columns);
                data.Add(7, columns);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Matrices))]
    public void Row_reductions_agree_with_their_formulas(int rows, int columns)
    {
        Tensor t = Normal(1, rows, columns);
        double[] x = t.ToArray().Widen();
        Ops.Sum(t, -1).ShouldBeNear(Reference.ByRow(x, columns, row => [row.Sum()]), 1e-5);
        Ops.Amax(t).ShouldBeNear(Reference.ByRow(x, columns, row => [row.Max()]), 0);
        Ops.Softmax(t).ShouldBeNear(Reference.ByRow(x, columns, Reference.Softmax), 1e-6);
        Ops.LogSoftmax(t).ShouldBeNear(Reference.ByRow(x, columns, Reference.LogSoftmax), 1e-6);
        Ops.Argmax(t).ShouldBe(x.Chunk(columns).Select(row => Array.IndexOf(row, row.Max())));
        int k = Math.Min(columns, 5);
        Ops.TopK(t, k).ShouldBe(x.Chunk(columns).SelectMany(row =>
            Enumerable.Range(0, columns).OrderByDescending(i => row[i]).ThenBy(i => i).Take(k)));
    }

    [Theory]
    [InlineData(2, 3, 5)]
    [InlineData(1, 17, 33)]
    [InlineData(3, 1, 16)]
    [InlineData(2, 300, 100)]
    [InlineData(0, 3, 4)]
    [InlineData(3, 0, 4)]
    public void Sums_over_any_dimension_agree_with_loops(int a, int b, int c)
    {
        Tensor t = Normal(2, a, b, c);
        float[] x = t.ToArray();
        foreach (int dim in new[] { 0, 1, 2, -1 })
        {
            int axis = dim < 0 ? 2 : dim;
            int[] shape = [a, b, c];
            shape[axis] = 1;
            var expected = new double[shape[0] * shape[1] * shape[2]];
            for (int i = 0; i < x.Length; i++)
            {
                int[] at = [i / (b * c), i / c % b, i % c];
                at[axis] = 0;
                expected[(((at[0] * shape[1]) + at[1]) * shape[2]) + at[2]] += x[i];
            }

            Tensor kept = Ops.Sum(t, dim, keepDim: true);
            kept.ShouldBeNear(expected, 2e-5);
            kept.Shape.ToArray().ShouldBe(shape);
            Ops.Sum(t, dim).Shape.ToArray().ShouldBe(new[] { a, b, c }.Where((_, i) => i != axis));
        }

        Ops.Sum(t).ShouldBeNear([x.Sum(v => (double)v)], 1e-4);
        Ops.Sum(t).Rank.ShouldBe(0);
    }

    [Fact]
    public void The_lowest_index_wins_a_tie_and_nan_is_largest()
    {
        Tensor t = Ops.FromArray([1, 3, 3, 0, -0f, 2, float.NaN, 5, float.NaN, float.NegativeInfinity, -1, -2], 3, 4);
        Ops.Argmax(t).ShouldBe([1, 2, 0]);
        Ops.TopK(t, 3).ShouldBe([1, 2, 0, 2, 3, 1, 0, 2, 3]);
        Ops.TopK(Ops.FromArray([0, -0f, 0], 1, 3), 3).ShouldBe([0, 1, 2]);
        Ops.Amax(t).ToArray().ShouldBe([3, float.NaN, float.NaN]);
    }

    [Fact]
    public void A_masked_column_gets_no_weight_and_a_masked_row_does()
    {
        Ops.Softmax(Ops.FromArray([1, float.NegativeInfinity, float.MinValue, 1], 1, 4)).ToArray().ShouldBe([0.5f, 0, 0, 0.5f]);
        Ops.Softmax(Ops.Full(float.MinValue, 1, 4)).ToArray().ShouldBe([0.25f, 0.25f, 0.25f, 0.25f]);
        Ops.Softmax(Ops.Full(float.NegativeInfinity, 1, 4)).ToArray().ShouldAllBe(v => float.IsNaN(v));
    }

    [Theory]
    [MemberData(nameof(Matrices))]
    public void Softmax_gradients_agree_with_central_differences(int rows, int columns)
    {
        rows = Math.Min(rows, 3);
        float[] x = Values(3, rows * columns);
        float[] g = Values(4, rows * columns);
        Tensor grad = Ops.FromArray(g, rows, columns);
        Tensor t = Ops.FromArray(x, rows, columns);
        double Through(Func<double[], double[]> f, double[] at) =>
            Reference.ByRow(at, columns, f).Select((y, i) => y * g[i]).Sum();

        Ops.SoftmaxBackward(grad, Ops.Softmax(t)).ShouldBeNear(Slopes(at => Through(Reference.Softmax, at), x), 2e-6);
        Ops.LogSoftmaxBackward(grad, Ops.LogSoftmax(t)).ShouldBeNear(Slopes(at => Through(Reference.LogSoftmax, at), x), 2e-5);
    }
}
