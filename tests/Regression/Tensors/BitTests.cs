using MWork.Probes.Tensors;
using MWork.Probes.Tensors.Managed;
using Shouldly;
using static MWork.Regression.Tensors.TensorData;

namespace MWork.Regression.Tensors;

/// <summary>Results do not depend on threads, on the rest of the batch, on the place in an array, or on padding.</summary>
public sealed class BitTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Threads_do_not_change_a_bit(int threads)
    {
        float[][] alone = Everything(new ManagedBackend(1));
        float[][] together = Everything(new ManagedBackend(threads));
        for (int i = 0; i < alone.Length; i++)
        {
            together[i].AsSpan().SequenceEqual(alone[i]).ShouldBeTrue($"result {i}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(64)]
    [InlineData(100)]
    public void A_row_has_the_same_bits_alone_and_in_a_batch(int width)
    {
        const int Batch = 300;
        Tensor x = Normal(1, Batch, width);
        Tensor weight = Normal(2, 33, width);
        Tensor scale = Normal(3, width);
        Func<Tensor, Tensor>[] operations =
        [
            t => Ops.Linear(t, weight), t => Ops.Softmax(t), t => Ops.LogSoftmax(t), t => Ops.RmsNorm(t, scale, 1e-5f),
            t => Ops.LayerNorm(t, scale, scale, 1e-5f), t => Ops.Silu(t), t => Ops.Gelu(t, false), t => Ops.Add(t, scale),
            t => Ops.Sum(t, 1, true), t => Ops.SoftmaxBackward(t, t),
            t => Ops.RmsNormBackward(t, t, scale, 1e-5f).X, t => Ops.LayerNormBackward(t, t, scale, 1e-5f).X,
        ];
        foreach (Func<Tensor, Tensor> operation in operations)
        {
            Tensor whole = operation(x);
            foreach (int row in new[] { 0, 1, 150, Batch - 1 })
            {
                operation(Ops.Narrow(x, 0, row, 1)).ShouldHaveBitsOf(Ops.Narrow(whole, 0, row, 1));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(33)]
    [InlineData(100)]
    public void A_row_padded_with_zeros_has_the_same_sum(int width)
    {
        Tensor x = Normal(4, 3, width);
        foreach (int padding in new[] { 1, 7, 16, 50 })
        {
            Tensor padded = Ops.Cat([x, Ops.Full(0, 3, padding)], 1);
            Ops.Sum(padded, 1).ShouldHaveBitsOf(Ops.Sum(x, 1));
            Tensor masked = Ops.Cat([x, Ops.Full(float.MinValue, 3, padding)], 1);
            Ops.Narrow(Ops.Softmax(masked), 1, 0, width).ShouldHaveBitsOf(Ops.Softmax(x));
        }
    }

    [Fact]
    public void A_function_gives_the_same_bits_in_every_lane()
    {
        float[] x = Values(5, 37, 3);
        Ops.Tanh(Ops.FromArray(x, 37)).ToArray().ShouldHaveBitsOf(x.Select(VectorTranscendentals.Tanh).ToArray());
        Ops.Exp(Ops.FromArray(x, 37)).ToArray().ShouldHaveBitsOf(x.Select(VectorTranscendentals.Exp).ToArray());
    }

    private static float[][] Everything(ManagedBackend ops)
    {
        const int Rows = 700;
        const int Width = 130;
        Tensor x = Normal(1, Rows, Width);
        Tensor y = Normal(2, Rows, Width);
        Tensor scale = Normal(3, Width);
        Tensor heads = ops.Reshape(x, 7, 100, 2, 65);
        Tensor logits = Normal(4, Rows, 200);
        int[] targets = Enumerable.Range(0, Rows).Select(i => (i * 7 % 201) - 1).ToArray();
        Tensor parameter = ops.Add(x, 0f);
        ops.AdamWInplace(parameter, y, ops.Full(0, Rows, Width), ops.Full(0, Rows, Width), new AdamWStep(1, 0.1f, 0.1f));
        Tensor swapped = ops.Transpose(heads, 1, 2);
        (Tensor rmsX, Tensor rmsWeight) = ops.RmsNormBackward(y, x, scale, 1e-5f);
        (Tensor layerX, Tensor layerWeight, Tensor layerBias) = ops.LayerNormBackward(y, x, scale, 1e-5f);
        Tensor[] results =
        [
            ops.Add(x, y), ops.Mul(x, scale), ops.Add(x, 2f), ops.Exp(x), ops.Silu(x), ops.Gelu(x, true), ops.SiluBackward(y, x),
            ops.Sum(x, 0), ops.Sum(x, 1), ops.Sum(x), ops.Amax(x), ops.Softmax(x), ops.LogSoftmax(x), ops.SoftmaxBackward(y, x),
            ops.LogSoftmaxBackward(y, x), ops.MatMul(x, y, transposeA: true), ops.MatMul(x, y, transposeB: true),
            ops.MatMul(swapped, swapped, transposeB: true), ops.Linear(x, y, ops.Full(1, Rows)),
            ops.Embedding(x, targets.Select(t => t + 1).ToArray(), Rows), ops.EmbeddingBackward(y, targets.Select(t => t + 1).ToArray(), Rows),
            ops.RmsNorm(x, scale, 1e-5f), rmsX, rmsWeight, ops.LayerNorm(x, scale, scale, 1e-5f), layerX, layerWeight, layerBias,
            ops.ScaledDotProductAttention(swapped, swapped, swapped, null, 0.1f), ops.CrossEntropy(logits, targets),
            ops.CrossEntropyBackward(ops.Full(1), logits, targets), parameter, swapped, ops.Transpose(x, 0, 1),
            ops.Narrow(x, 1, 3, 90), ops.Cat([x, y], 1), ops.RepeatInterleave(x, 2, 0),
        ];
        return results.Select(t => t.ToArray()).ToArray();
    }
}
