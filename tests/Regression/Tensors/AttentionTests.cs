using MWork.Probes.Tensors;
using Shouldly;
using static MWork.Regression.Tensors.TensorData;

namespace MWork.Regression.Tensors;

public sealed class AttentionTests
{
    [Theory]
    [InlineData(1, 1, 1, 1, 1, 1)]
    [InlineData(2, 4, 2, 20, 20, 16)]
    [InlineData(1, 4, 1, 1, 33, 15)]
    [InlineData(3, 2, 2, 17, 40, 33)]
    [InlineData(1, 2, 1, 300, 300, 8)]
    [InlineData(0, 2, 1, 3, 3, 8)]
    [InlineData(2, 2, 1, 0, 3, 8)]
    public void Attention_has_the_bits_of_its_formula(int batch, int heads, int groups, int queries, int keys, int width)
    {
        Tensor q = Normal(1, batch, heads, queries, width);
        Tensor k = Normal(2, batch, groups, keys, width);
        Tensor v = Normal(3, batch, groups, keys, width);
        Tensor mask = Ops.Mul(Normal(4, batch, 1, queries, keys), 3f);
        foreach (Tensor? bias in new[] { mask, null })
        {
            Tensor scores = Ops.Mul(Ops.MatMul(q, Ops.RepeatInterleave(k, heads / groups, 1), transposeB: true), 0.37f);
            Tensor weights = Ops.Softmax(bias is null ? scores : Ops.Add(scores, bias));
            Tensor expected = Ops.MatMul(weights, Ops.RepeatInterleave(v, heads / groups, 1));
            Ops.ScaledDotProductAttention(q, k, v, bias, 0.37f).ShouldHaveBitsOf(expected);
        }
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_named()
    {
        Tensor q = Normal(1, 1, 4, 5, 8);
        Tensor k = Normal(1, 1, 2, 6, 8);
        Should.Throw<ArgumentException>(() => Ops.ScaledDotProductAttention(q, Normal(1, 1, 3, 6, 8), k, null, 1))
            .Message.ShouldContain("[1, 3, 6, 8]");
        Should.Throw<ArgumentException>(() => Ops.ScaledDotProductAttention(q, k, Normal(1, 1, 2, 7, 8), null, 1))
            .Message.ShouldContain("[1, 2, 7, 8]");
        Should.Throw<ArgumentException>(() => Ops.ScaledDotProductAttention(q, k, k, Normal(1, 1, 1, 5, 5), 1))
            .Message.ShouldContain("[1, 1, 5, 5]");
    }
}
