using MWork.Probes.Tensors;
using Shouldly;
using static MWork.Regression.Tensors.TensorData;

namespace MWork.Regression.Tensors;

public sealed class ShapeTests
{
    [Theory]
    [InlineData(2, 3, 4, 5)]
    [InlineData(1, 17, 1, 33)]
    [InlineData(3, 64, 4, 16)]
    [InlineData(2, 40, 33, 70)]
    [InlineData(0, 2, 3, 4)]
    public void Transpositions_move_every_element(int a, int b, int c, int d)
    {
        int[] shape = [a, b, c, d];
        Tensor t = Normal(1, shape);
        float[] x = t.ToArray();
        for (int dim0 = 0; dim0 < 4; dim0++)
        {
            for (int dim1 = -4; dim1 < 4; dim1++)
            {
                int other = dim1 < 0 ? dim1 + 4 : dim1;
                int[] swapped = [.. shape];
                (swapped[dim0], swapped[other]) = (swapped[other], swapped[dim0]);
                var expected = new float[x.Length];
                for (int i = 0; i < x.Length; i++)
                {
                    int[] at = [i / (b * c * d), i / (c * d) % b, i / d % c, i % d];
                    (at[dim0], at[other]) = (at[other], at[dim0]);
                    expected[(((((at[0] * swapped[1]) + at[1]) * swapped[2]) + at[2]) * swapped[3]) + at[3]] = x[i];
                }

                Tensor result = Ops.Transpose(t, dim0, dim1);
                result.Shape.ToArray().ShouldBe(swapped);
                result.ToArray().AsSpan().SequenceEqual(expected).ShouldBeTrue($"{dim0}, {dim1}");
            }
        }
    }

    [Fact]
    public void Slices_of_a_dimension_put_together_give_the_whole()
    {
        Tensor t = Normal(2, 3, 17, 5);
        foreach (int dim in new[] { 0, 1, 2, -1 })
        {
            int size = t.Size(dim);
            Tensor first = Ops.Narrow(t, dim, 0, 2);
            Tensor rest = Ops.Narrow(t, dim, 2, size - 2);
            Ops.Cat([first, rest], dim).ShouldHaveBitsOf(t);
            Ops.Cat([first, Ops.Narrow(t, dim, 1, 0), rest], dim).ShouldHaveBitsOf(t);
            Ops.IndexSelect(t, dim, Enumerable.Range(2, size - 2).ToArray()).ShouldHaveBitsOf(rest);
            Should.Throw<ArgumentException>(() => Ops.Narrow(t, dim, 1, size)).Message.ShouldContain("[3, 17, 5]");
        }

        Should.Throw<ArgumentException>(() => Ops.Cat([t, Normal(1, 3, 16, 4)], 1)).Message.ShouldContain("[3, 16, 4]");
        Should.Throw<ArgumentException>(() => Ops.Reshape(t, 3, 17)).Message.ShouldContain("[3, 17]");
        Should.Throw<ArgumentException>(() => Ops.FromArray([1, 2], 3)).Message.ShouldContain("[3]");
    }

    [Fact]
    public void Repeats_stand_next_to_each_other()
    {
        Tensor t = Normal(3, 2, 3, 5);
        Ops.RepeatInterleave(t, 2, 1).ShouldHaveBitsOf(Ops.IndexSelect(t, 1, [0, 0, 1, 1, 2, 2]));
        Ops.RepeatInterleave(t, 3, -1).ShouldHaveBitsOf(
            Ops.IndexSelect(t, 2, Enumerable.Range(0, 15).Select(i => i / 3).ToArray()));
    }

    [Fact]
    public void Index_add_is_the_gradient_of_index_select()
    {
        int[] indices = [2, 0, 2, 2];
        foreach (int dim in new[] { 0, 1, 2 })
        {
            Tensor x = Normal(4, 3, 3, 3);
            Tensor selected = Ops.IndexSelect(x, dim, indices);
            float[] g = Values(5, selected.Count);
            Tensor grad = Ops.FromArray(g, selected.Shape);
            double[] slopes = Slopes(
                at => Ops.IndexSelect(Ops.FromArray(at.Select(v => (float)v).ToArray(), 3, 3, 3), dim, indices)
                    .ToArray().Select((v, i) => (double)v * g[i]).Sum(),
                new float[27]);
            Ops.IndexAdd(3, dim, indices, grad).ShouldBeNear(slopes, 1e-5);
        }

        Should.Throw<ArgumentException>(() => Ops.IndexSelect(Normal(1, 3), 0, [3])).Message.ShouldContain("[3]");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(64)]
    public void Embedding_takes_rows_and_its_gradient_adds_them(int width)
    {
        Tensor table = Normal(6, 7, width);
        int[] ids = [3, 3, 0, 6, 3, 1];
        Tensor rows = Ops.Embedding(table, ids, 2, 3);
        rows.Shape.ToArray().ShouldBe([2, 3, width]);
        rows.ToArray().ShouldBe(ids.SelectMany(id => table.ToArray()[(id * width)..((id + 1) * width)]));

        Tensor grad = Normal(7, 2, 3, width);
        var expected = new double[7 * width];
        float[] g = grad.ToArray();
        for (int i = 0; i < g.Length; i++)
        {
            expected[(ids[i / width] * width) + (i % width)] += g[i];
        }

        Ops.EmbeddingBackward(grad, ids, 7).ShouldBeNear(expected, 1e-6);
        Should.Throw<ArgumentException>(() => Ops.Embedding(table, [7], 1)).Message.ShouldContain("[7, ");
        Should.Throw<ArgumentException>(() => Ops.Embedding(table, [-1], 1));
    }
}
