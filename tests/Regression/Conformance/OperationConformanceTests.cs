using System.Runtime.InteropServices;
using MWork.Probes.Randomness;
using MWork.Probes.Tensors;
using Shouldly;

namespace MWork.Regression.Conformance;

/// <summary>Every operation gives on every backend what it gives on the managed one, forward and backward, over random shapes.</summary>
public sealed class OperationConformanceTests
{
    /// <summary>Of the largest value: float32 with sums in another order.</summary>
    private const double Rounding = 2e-5;

    /// <summary>Of the largest value, where products are taken in bfloat16, which has 8 bits.</summary>
    private const double Narrow = 2e-2;

    private const int Draws = 10;

    public static TheoryData<string, string> Operations => BuiltIn.With(Operation.All.Keys);

    public static TheoryData<string, ScalarType> Types => BuiltIn.With([ScalarType.Float32, ScalarType.Float16, ScalarType.BFloat16]);

    [Theory, MemberData(nameof(Operations))]
    public void Operations_agree_forward_and_backward(string backend, string operation)
    {
        for (ulong seed = 0; seed < Draws; seed++)
        {
            float[][] expected = Results(BuiltIn.Reference, Operation.All[operation], seed);
            float[][] actual = Results(BuiltIn.Get(backend), Operation.All[operation], seed);
            actual.Length.ShouldBe(expected.Length);
            for (int i = 0; i < actual.Length; i++)
            {
                ShouldAgree(actual[i], expected[i], Rounding, $"{operation}, seed {seed}, {(i == 0 ? "result" : $"gradient of input {i}")}");
            }
        }
    }

    [Fact]
    public void Every_operation_is_in_the_catalogue()
    {
        // What makes tensors is used by all cases; what keeps weights has a case of its own below.
        string[] elsewhere = [nameof(ITensorOps.FromArray), nameof(ITensorOps.Empty)];
        typeof(ITensorOps).GetMethods().Where(method => !method.IsSpecialName).Select(method => method.Name)
            .Except(elsewhere).Except(Operation.All.Values.Select(operation => operation.Covers)).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Types))]
    public void Weights_are_kept_and_used_in_their_own_precision(string backend, ScalarType type)
    {
        (float[] kept, float[] product, float[] rows, float[] both) expected = Weights(BuiltIn.Reference, type);
        (float[] kept, float[] product, float[] rows, float[] both) actual = Weights(BuiltIn.Get(backend), type);
        double tolerance = BuiltIn.Get(backend).IsGpu() && type != ScalarType.Float32 ? Narrow : Rounding;
        actual.kept.ShouldBe(expected.kept);
        actual.rows.ShouldBe(expected.rows);
        ShouldAgree(actual.product, expected.product, tolerance, "Linear");
        ShouldAgree(actual.both, expected.both, tolerance, "MatMul");
    }

    private static (float[] Kept, float[] Product, float[] Rows, float[] Both) Weights(IBackend ops, ScalarType type)
    {
        using var scope = new TensorScope();
        float[] values = Values(new CounterRandom(5, "weights"), 40 * 24);
        Tensor weight = ops.Empty(type, 40, 24);
        byte[] bytes = type switch
        {
            ScalarType.Float32 => MemoryMarshal.AsBytes<float>(values).ToArray(),
            ScalarType.Float16 => MemoryMarshal.AsBytes<Half>(Array.ConvertAll(values, value => (Half)value)).ToArray(),
            _ => MemoryMarshal.AsBytes<ushort>(Array.ConvertAll(values, value => (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16))).ToArray(),
        };
        int size = bytes.Length / values.Length;
        ops.CopyInplace(weight, 0, type, bytes.AsSpan(0, 100 * size));
        ops.CopyInplace(weight, 100, type, bytes.AsSpan(100 * size));
        Tensor x = ops.FromArray(Values(new CounterRandom(6, "x"), 3 * 24), 3, 24);
        return (weight.ToArray(), ops.Linear(x, weight).ToArray(), ops.Embedding(weight, [39, 0, 39], 3).ToArray(), ops.MatMul(weight, x, transposeB: true).ToArray());
    }

    private static float[][] Results(IBackend ops, Operation operation, ulong seed)
    {
        using var scope = new TensorScope();
        var random = new CounterRandom(seed, "shapes");
        Tensor[] inputs = [.. operation.Shapes(random).Select((shape, i) =>
            ops.FromArray(Values(new CounterRandom(seed, $"input {i}"), shape.Aggregate(1, (a, b) => a * b)), shape))];
        if (!operation.HasGradient)
        {
            return [operation.Run(ops, inputs, new CounterRandom(seed, "arguments")).ToArray()];
        }

        var tape = new Tape(ops);
        Array.ForEach(inputs, tape.Watch);
        Tensor output = operation.Run(tape, inputs, new CounterRandom(seed, "arguments"));
        float[] weights = Values(new CounterRandom(seed, "output"), output.Count);
        tape.Backward(tape.Sum(tape.Mul(output, ops.FromArray(weights, output.Shape))));
        return [operation.Run(ops, inputs, new CounterRandom(seed, "arguments")).ToArray(), .. inputs.Select(input => tape.Gradient(input).ToArray())];
    }

    private static float[] Values(CounterRandom random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextGaussian())];

    private static void ShouldAgree(float[] actual, float[] expected, double tolerance, string what)
    {
        actual.Length.ShouldBe(expected.Length, what);
        double largest = expected.Select(value => Math.Abs((double)value)).Append(1).Max();
        for (int i = 0; i < actual.Length; i++)
        {
            (Math.Abs((double)actual[i] - expected[i]) <= tolerance * largest).ShouldBeTrue($"{what}: {actual[i]} instead of {expected[i]} at {i}");
        }
    }
}
