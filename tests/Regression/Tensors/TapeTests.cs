using FsCheck;
using FsCheck.Xunit;
using MWork.Probes.Randomness;
using MWork.Probes.Tensors;
using MWork.Probes.Tensors.Managed;
using Shouldly;

namespace MWork.Regression.Tensors;

/// <summary>Gradients of every operation agree with central differences, over random shapes.</summary>
public sealed class TapeTests
{
    private static readonly ManagedBackend s_ops = ManagedBackend.Shared;

    [Property(MaxTest = 20)]
    public void Add_broadcasts(PositiveInt seed) => Agrees(seed, [[3, 4, 5], [4, 1]], (o, x) => o.Add(x[0], x[1]));

    [Property(MaxTest = 20)]
    public void Sub_broadcasts(PositiveInt seed) => Agrees(seed, [[0, 0], [0, 0]], (o, x) => o.Sub(x[0], x[1]));

    [Property(MaxTest = 20)]
    public void Mul_broadcasts(PositiveInt seed) => Agrees(seed, [[2, 3, 7], [7]], (o, x) => o.Mul(x[0], x[1]));

    [Property(MaxTest = 20)]
    public void Div_by_what_is_far_from_zero(PositiveInt seed) =>
        Agrees(seed, [[0, 6], [6]], (o, x) => o.Div(x[0], o.Add(o.Mul(x[1], x[1]), 1)));

    [Property(MaxTest = 20)]
    public void Scalars(PositiveInt seed) => Agrees(seed, [[0, 0]], (o, x) => o.Mul(o.Add(x[0], 0.5f), -1.5f));

    [Property(MaxTest = 20)]
    public void Exp(PositiveInt seed) => Agrees(seed, [[0, 0]], (o, x) => o.Exp(x[0]));

    [Property(MaxTest = 20)]
    public void Log_and_sqrt_of_positive_numbers(PositiveInt seed) =>
        Agrees(seed, [[0, 0]], (o, x) => o.Log(o.Sqrt(o.Add(o.Mul(x[0], x[0]), 0.5f))));

    [Property(MaxTest = 20)]
    public void Abs_away_from_its_kink(PositiveInt seed) =>
        Agrees(seed, [[0, 0]], (o, x) => o.Abs(o.Add(o.Mul(x[0], x[0]), 0.3f)));

    [Property(MaxTest = 20)]
    public void Tanh(PositiveInt seed) => Agrees(seed, [[0, 0]], (o, x) => o.Tanh(x[0]));

    [Property(MaxTest = 20)]
    public void Silu(PositiveInt seed) => Agrees(seed, [[0, 0]], (o, x) => o.Silu(x[0]));

    [Property(MaxTest = 20)]
    public void Gelu(PositiveInt seed, bool tanh) => Agrees(seed, [[0, 0]], (o, x) => o.Gelu(x[0], tanh));

    [Property(MaxTest = 20)]
    public void Reshape_and_transpose(PositiveInt seed) =>
        Agrees(seed, [[2, 3, 4]], (o, x) => o.Mul(o.Transpose(o.Reshape(x[0], 4, 6), 0, 1), o.Reshape(x[0], 6, 4)));

    [Property(MaxTest = 20)]
    public void Narrow_and_cat(PositiveInt seed) =>
        Agrees(seed, [[3, 7], [3, 2]], (o, x) => o.Cat([o.Narrow(x[0], 1, 2, 4), x[1], o.Narrow(x[0], 1, 0, 1)], 1));

    [Property(MaxTest = 20)]
    public void IndexSelect_with_repeats(PositiveInt seed) =>
        Agrees(seed, [[5, 3]], (o, x) => o.IndexSelect(x[0], 0, [4, 0, 4, 2]));

    [Property(MaxTest = 20)]
    public void IndexAdd(PositiveInt seed) => Agrees(seed, [[4, 3]], (o, x) => o.IndexAdd(6, 0, [5, 1, 5, 0], x[0]));

    [Property(MaxTest = 20)]
    public void RepeatInterleave(PositiveInt seed) => Agrees(seed, [[2, 2, 3]], (o, x) => o.RepeatInterleave(x[0], 3, 1));

    [Property(MaxTest = 20)]
    public void Sum_of_a_dimension(PositiveInt seed, bool keep) =>
        Agrees(seed, [[2, 4, 3]], (o, x) => o.Mul(o.Sum(x[0], 1, keep), 0.3f));

    [Property(MaxTest = 20)]
    public void Sum_of_all(PositiveInt seed) => Agrees(seed, [[0, 0]], (o, x) => o.Mul(o.Sum(x[0]), o.Sum(x[0])));

    [Property(MaxTest = 20)]
    public void Softmax(PositiveInt seed) => Agrees(seed, [[0, 0]], (o, x) => o.Softmax(x[0]));

    [Property(MaxTest = 20)]
    public void LogSoftmax(PositiveInt seed) => Agrees(seed, [[0, 0]], (o, x) => o.LogSoftmax(x[0]));

    [Property(MaxTest = 20)]
    public void MatMul_in_every_orientation(PositiveInt seed, bool transposeA, bool transposeB) => Agrees(
        seed,
        [transposeA ? [2, 4, 3] : [2, 3, 4], transposeB ? [2, 5, 4] : [2, 4, 5]],
        (o, x) => o.MatMul(x[0], x[1], transposeA, transposeB));

    [Property(MaxTest = 20)]
    public void MatMul_with_a_shared_right_side(PositiveInt seed) =>
        Agrees(seed, [[2, 3, 4], [4, 5]], (o, x) => o.MatMul(x[0], x[1]));

    [Property(MaxTest = 20)]
    public void Linear(PositiveInt seed) => Agrees(seed, [[2, 3, 4], [5, 4], [5]], (o, x) => o.Linear(x[0], x[1], x[2]));

    [Property(MaxTest = 20)]
    public void Embedding(PositiveInt seed) => Agrees(seed, [[6, 3]], (o, x) => o.Embedding(x[0], [5, 0, 5, 1], 2, 2));

    [Property(MaxTest = 20)]
    public void RmsNorm(PositiveInt seed, bool offset) =>
        Agrees(seed, [[0, 5], [5]], (o, x) => o.RmsNorm(x[0], x[1], 1e-3f, offset ? 1 : 0));

    [Property(MaxTest = 20)]
    public void LayerNorm(PositiveInt seed) => Agrees(seed, [[0, 5], [5], [5]], (o, x) => o.LayerNorm(x[0], x[1], x[2], 1e-2f));

    [Property(MaxTest = 20)]
    public void RotaryEmbedding(PositiveInt seed)
    {
        var random = new CounterRandom((ulong)seed.Get, "angles");
        double[] angles = Enumerable.Range(0, 2 * 3 * 2).Select(_ => random.NextDouble() * 6).ToArray();
        Agrees(seed, [[2, 2, 3, 4]], (o, x) => o.RotaryEmbedding(
            x[0],
            o.FromArray(angles.Select(a => (float)Math.Cos(a)).ToArray(), 2, 3, 2),
            o.FromArray(angles.Select(a => (float)Math.Sin(a)).ToArray(), 2, 3, 2)));
    }

    [Property(MaxTest = 20)]
    public void ScaledDotProductAttention_with_grouped_heads(PositiveInt seed)
    {
        float[] causal = [0, -1e30f, -1e30f, 0, 0, -1e30f, 0, 0, 0];
        Agrees(seed, [[2, 4, 3, 2], [2, 2, 3, 2], [2, 2, 3, 2]], (o, x) => o.ScaledDotProductAttention(
            x[0], x[1], x[2], o.FromArray([.. causal, .. causal], 2, 1, 3, 3), 0.7f));
    }

    [Property(MaxTest = 20)]
    public void CrossEntropy_leaves_out_negative_targets(PositiveInt seed) =>
        Agrees(seed, [[4, 6]], (o, x) => o.CrossEntropy(x[0], [5, -1, 0, 2]));

    [Fact]
    public void A_tensor_off_the_tape_has_no_gradient()
    {
        using var scope = new TensorScope();
        var tape = new Tape(s_ops);
        Tensor x = tape.Full(1, 2);
        Should.Throw<InvalidOperationException>(() => tape.Gradient(x)).Message.ShouldContain("Watch()");
        Should.Throw<InvalidOperationException>(() => tape.Backward(tape.Sum(x)));
    }

    [Fact]
    public void An_activation_on_the_way_can_be_watched()
    {
        using var scope = new TensorScope();
        var tape = new Tape(s_ops);
        Tensor x = tape.FromArray([2, 3], 2);
        Tensor middle = tape.Mul(x, x);
        tape.Watch(middle);
        tape.Backward(tape.Sum(tape.Mul(middle, middle)));
        tape.Gradient(middle).ToArray().ShouldBe([8, 18]);
    }

    // Shapes with a zero stand for a random size from 1 to 9. The function's outputs are weighted at random and summed, so that every
    // output counts and none cancels.
    private static void Agrees(PositiveInt seed, int[][] shapes, Func<ITensorOps, Tensor[], Tensor> function)
    {
        using var scope = new TensorScope();
        var random = new CounterRandom((ulong)seed.Get, "gradient check");
        Dictionary<int, int> drawn = [];
        int[][] sizes = shapes.Select(shape => shape.Select((size, dim) => size != 0 ? size : Draw(dim)).ToArray()).ToArray();
        float[][] values = sizes.Select(shape => Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b))
            .Select(_ => (float)((2 * random.NextDouble()) - 1)).ToArray()).ToArray();
        float[]? weights = null;

        var tape = new Tape(s_ops);
        Tensor[] inputs = values.Select((v, i) => tape.FromArray(v, sizes[i])).ToArray();
        Array.ForEach(inputs, tape.Watch);
        tape.Backward(Weighted(tape, function(tape, inputs)));

        for (int input = 0; input < inputs.Length; input++)
        {
            float[] gradient = tape.Gradient(inputs[input]).ToArray();
            for (int i = 0; i < gradient.Length; i++)
            {
                const double Step = 1e-2;
                double slope = (At(input, i, Step) - At(input, i, -Step)) / (2 * Step);

                // Third derivatives times Step² and float32 rounding divided by Step both stay below this.
                ((double)gradient[i]).ShouldBe(slope, 4e-3 * Math.Max(1, Math.Abs(slope)), $"input {input}, element {i}");
            }
        }

        int Draw(int dim) => drawn.TryGetValue(dim, out int size) ? size : drawn[dim] = 1 + random.NextInt(9);

        Tensor Weighted(ITensorOps ops, Tensor output)
        {
            weights ??= Enumerable.Range(0, output.Count).Select(_ => (float)((2 * random.NextDouble()) - 1)).ToArray();
            return ops.Sum(ops.Mul(output, ops.FromArray(weights, output.Shape)));
        }

        double At(int input, int element, double step)
        {
            using var inner = new TensorScope();
            float[][] moved = values.Select(v => (float[])v.Clone()).ToArray();
            moved[input][element] += (float)step;
            float result = Weighted(s_ops, function(s_ops, moved.Select((v, i) => s_ops.FromArray(v, sizes[i])).ToArray())).Item();
            return result;
        }
    }
}
