using MWork.Probes.Tensors;
using Shouldly;
using static MWork.Regression.Tensors.TensorData;

namespace MWork.Regression.Tensors;

public sealed class ElementwiseTests
{
    public static TheoryData<int> Sizes => [0, 1, 15, 16, 17, 33, 100_003];

    [Fact]
    public void Exp_ends_below_the_smallest_number_and_not_before()
    {
        float[] y = Ops.Exp(Ops.FromArray([float.NegativeInfinity, -1e30f, -104, -103.9f, -103, 89, float.NaN], 7)).ToArray();
        y[..3].ShouldBe([0, 0, 0]);
        y[3].ShouldBe(float.Epsilon);
        y[4].ShouldBe(float.Epsilon);
        y[5].ShouldBe(float.PositiveInfinity);
        y[6].ShouldBe(float.NaN);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Unary_functions_agree_with_their_formulas(int count)
    {
        float[] x = Values(1, count, 2);
        double[] positive = x.Select(v => Math.Abs((double)v)).ToArray();
        Tensor t = Ops.FromArray(x, count);
        Tensor size = Ops.Abs(t);
        size.ShouldBeNear(positive, 0);
        Ops.Exp(t).ShouldBeNear(x.Select(v => Math.Exp(v)).ToArray(), 2e-7);
        Ops.Log(size).ShouldBeNear(positive.Select(v => Math.Log(v)).ToArray(), 2e-7);
        Ops.Sqrt(size).ShouldBeNear(positive.Select(v => Math.Sqrt(v)).ToArray(), 1e-7);
        Ops.Tanh(t).ShouldBeNear(x.Select(v => Math.Tanh(v)).ToArray(), 3e-7);
        Ops.Silu(t).ShouldBeNear(x.Select(v => Reference.Silu(v)).ToArray(), 5e-7);
        Ops.Gelu(t, tanh: true).ShouldBeNear(x.Select(v => Reference.GeluTanh(v)).ToArray(), 1e-6);
        Ops.Gelu(t, tanh: false).ShouldBeNear(x.Select(v => Reference.Gelu(v)).ToArray(), 1e-6);
        Ops.Add(t, 3f).ShouldBeNear(x.Select(v => v + 3.0).ToArray(), 1e-7);
        Ops.Mul(t, -3f).ShouldBeNear(x.Select(v => v * -3.0).ToArray(), 1e-7);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Gradients_agree_with_central_differences(int count)
    {
        float[] x = Values(2, Math.Min(count, 200), 2);
        float[] grad = Values(3, x.Length);
        Tensor t = Ops.FromArray(x, x.Length);
        Tensor g = Ops.FromArray(grad, x.Length);
        Ops.SiluBackward(g, t).ShouldBeNear(Slope(Reference.Silu, x, grad), 2e-6);
        Ops.GeluBackward(g, t, tanh: true).ShouldBeNear(Slope(Reference.GeluTanh, x, grad), 2e-6);
        Ops.GeluBackward(g, t, tanh: false).ShouldBeNear(Slope(Reference.Gelu, x, grad), 2e-6);
    }

    [Theory]
    [InlineData(new[] { 2, 3, 5 }, new[] { 2, 3, 5 })]
    [InlineData(new[] { 2, 3, 5 }, new[] { 5 })]
    [InlineData(new[] { 2, 3, 5 }, new[] { 3, 5 })]
    [InlineData(new[] { 2, 3, 5 }, new[] { 3, 1 })]
    [InlineData(new[] { 2, 3, 5 }, new[] { 2, 3, 1 })]
    [InlineData(new[] { 2, 3, 5 }, new[] { 2, 1, 5 })]
    [InlineData(new[] { 2, 3, 5 }, new[] { 2, 1, 1 })]
    [InlineData(new[] { 2, 3, 5 }, new[] { 1, 3, 1 })]
    [InlineData(new[] { 2, 3, 5 }, new[] { 1, 1, 1 })]
    [InlineData(new[] { 2, 3, 5 }, new int[0])]
    [InlineData(new[] { 4, 1, 33 }, new[] { 1, 33 })]
    [InlineData(new[] { 2, 4, 17, 33 }, new[] { 2, 1, 17, 33 })]
    [InlineData(new[] { 300, 400 }, new[] { 400 })]
    [InlineData(new[] { 300, 400 }, new[] { 300, 1 })]
    [InlineData(new[] { 0, 3 }, new[] { 3 })]
    [InlineData(new[] { 0, 3 }, new[] { 0, 1 })]
    public void Binary_operations_broadcast(int[] shape, int[] other)
    {
        Tensor a = Normal(4, shape);
        Tensor b = Normal(5, other);
        float[] x = a.ToArray();
        double[] y = Reference.Broadcast(b.ToArray(), other, shape);
        Ops.Add(a, b).ShouldBeNear(x.Select((v, i) => v + y[i]).ToArray(), 1e-6);
        Ops.Sub(a, b).ShouldBeNear(x.Select((v, i) => v - y[i]).ToArray(), 1e-6);
        Ops.Mul(a, b).ShouldBeNear(x.Select((v, i) => v * y[i]).ToArray(), 1e-6);
        Ops.Div(a, b).ShouldBeNear(x.Select((v, i) => v / y[i]).ToArray(), 1e-6);
        Ops.Add(a, b).Shape.ToArray().ShouldBe(shape);
    }

    [Theory]
    [InlineData(new[] { 2, 3 }, new[] { 2 })]
    [InlineData(new[] { 3 }, new[] { 2, 3 })]
    [InlineData(new[] { 1, 3 }, new[] { 2, 3 })]
    public void Shapes_that_do_not_broadcast_are_named(int[] shape, int[] other) =>
        Should.Throw<ArgumentException>(() => Ops.Add(Normal(1, shape), Normal(1, other))).Message
            .ShouldContain($"{Tensor.Describe(other)} does not broadcast to {Tensor.Describe(shape)}");

    private static double[] Slope(Func<double, double> f, float[] x, float[] grad)
    {
        const double Step = 1e-5;
        return x.Select((v, i) => grad[i] * (f(v + Step) - f(v - Step)) / (2 * Step)).ToArray();
    }
}
