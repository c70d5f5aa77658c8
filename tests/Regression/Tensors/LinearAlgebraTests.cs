using MWork.Probes.Tensors;
using Shouldly;
using static MWork.Regression.Tensors.TensorData;

namespace MWork.Regression.Tensors;

public sealed class LinearAlgebraTests
{
    public static TheoryData<int, int, int> Sizes
    {
        get
        {
            var data = new TheoryData<int, int, int> { { 0, 3, 4 }, { 3, 0, 4 }, { 3, 4, 0 }, { 64, 65, 66 } };
            foreach (int size in OddSizes)
            {
                data.Add(size, 17, 33);
                data.Add(5, size, 3);
                data.Add(2, 16, size);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Products_agree_with_loops_for_every_transposition(int m, int n, int k)
    {
        const int Batch = 3;
        foreach ((bool ta, bool tb) in new[] { (false, false), (true, false), (false, true), (true, true) })
        {
            Tensor a = Normal(1, Batch, ta ? k : m, ta ? m : k);
            Tensor b = Normal(2, Batch, tb ? n : k, tb ? k : n);
            Tensor shared = Normal(3, tb ? n : k, tb ? k : n);
            Tensor product = Ops.MatMul(a, b, ta, tb);
            product.Shape.ToArray().ShouldBe([Batch, m, n]);
            product.ShouldBeNear(Each(a, b, Batch), 2e-5);
            Ops.MatMul(a, shared, ta, tb).ShouldBeNear(Each(a, shared, Batch), 2e-5);
            Ops.MatMul(Ops.Reshape(Ops.Narrow(a, 0, 0, 1), a.Size(1), a.Size(2)), shared, ta, tb).ShouldBeNear(Each(a, shared, 1), 2e-5);

            double[] Each(Tensor x, Tensor y, int batch) => Enumerable.Range(0, batch).SelectMany(i => Reference.MatMul(
                x.ToArray()[(i * m * k)..((i + 1) * m * k)].Widen(),
                (y.Rank == 2 ? y.ToArray() : y.ToArray()[(i * n * k)..((i + 1) * n * k)]).Widen(), m, n, k, ta, tb)).ToArray();
        }
    }

    [Fact]
    public void Linear_is_the_product_with_the_transposed_weight_plus_the_bias()
    {
        Tensor x = Normal(4, 2, 3, 17);
        Tensor weight = Normal(5, 33, 17);
        Tensor bias = Normal(6, 33);
        Ops.Linear(x, weight).ShouldHaveBitsOf(Ops.MatMul(x, weight, transposeB: true));
        Ops.Linear(x, weight, bias).ShouldHaveBitsOf(Ops.Add(Ops.MatMul(x, weight, transposeB: true), bias));
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_named()
    {
        Should.Throw<ArgumentException>(() => Ops.MatMul(Normal(1, 2, 3), Normal(1, 4, 5))).Message.ShouldContain("[2, 3] and [4, 5]");
        Should.Throw<ArgumentException>(() => Ops.MatMul(Normal(1, 2, 3), Normal(1, 1, 3, 5))).Message.ShouldContain("[1, 3, 5]");
        Should.Throw<ArgumentException>(() => Ops.Linear(Normal(1, 2, 3), Normal(1, 5, 4))).Message.ShouldContain("[5, 4]");
        Should.Throw<ArgumentException>(() => Ops.Linear(Normal(1, 2, 3), Normal(1, 5, 3), Normal(1, 3))).Message.ShouldContain("[3]");
    }
}
