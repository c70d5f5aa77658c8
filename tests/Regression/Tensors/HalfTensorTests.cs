using System.Runtime.InteropServices;
using MWork.Probes.Randomness;
using MWork.Probes.Tensors;
using MWork.Probes.Tensors.Managed;
using Shouldly;
using static MWork.Regression.Tensors.TensorData;

namespace MWork.Regression.Tensors;

/// <summary>A matrix kept in 16 bits gives the bits of the same matrix in float32.</summary>
public sealed class HalfTensorTests
{
    private static readonly ScalarType[] s_halves = [ScalarType.Float16, ScalarType.BFloat16];

    public static TheoryData<ScalarType> Types => [.. s_halves];

    // Shapes that take each path: vector times matrix with and without full groups, few rows, several blocks of depth, bands.
    public static TheoryData<ScalarType, int, int, int> Shapes
    {
        get
        {
            var shapes = new TheoryData<ScalarType, int, int, int>();
            foreach (ScalarType type in s_halves)
            {
                shapes.Add(type, 1, 64, 192);
                shapes.Add(type, 1, 701, 1100);
                shapes.Add(type, 1, 3, 5);
                shapes.Add(type, 5, 1, 33);
                shapes.Add(type, 5, 700, 333);
                shapes.Add(type, 150, 700, 130);
                shapes.Add(type, 3200, 33, 40);
                shapes.Add(type, 97, 4200, 2100);
            }

            return shapes;
        }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Every_path_of_a_product_keeps_the_bits(ScalarType type, int m, int k, int n)
    {
        using var scope = new TensorScope();
        (Tensor half, Tensor wide) = Matrix(type, n, k, seed: 1);
        Tensor x = Normal(2, m, k);
        Tensor bias = Normal(3, n);
        ShouldBeEqual(Ops.Linear(x, half, bias), Ops.Linear(x, wide, bias));
        Tensor back = Normal(4, m, n);
        ShouldBeEqual(Ops.MatMul(back, half), Ops.MatMul(back, wide));
    }

    [Theory, MemberData(nameof(Types))]
    public void Every_shape_and_number_of_threads_keeps_the_bits(ScalarType type)
    {
        var random = new CounterRandom(5, "half shapes");
        for (int round = 0; round < 200; round++)
        {
            using var scope = new TensorScope();
            (int m, int n, int k) = (1 + random.NextInt(70), 1 + random.NextInt(140), 1 + random.NextInt(400));
            m = random.NextBool(0.3) ? 1 : m;
            (Tensor half, Tensor wide) = Matrix(type, n, k, (ulong)round);
            Tensor x = Normal((ulong)round, m, k);
            var ops = new ManagedBackend(1 + random.NextInt(3));
            ops.Linear(x, half).ShouldHaveBitsOf(Ops.Linear(x, wide));
            ops.MatMul(x, half, transposeB: true).ShouldHaveBitsOf(Ops.MatMul(x, wide, transposeB: true));
            Tensor back = Normal((ulong)round, 2, m, n);
            ops.MatMul(back, half).ShouldHaveBitsOf(Ops.MatMul(back, wide));
            int[] ids = [.. Enumerable.Range(0, 6).Select(_ => random.NextInt(n))];
            ops.Embedding(half, ids, 2, 3).ShouldHaveBitsOf(Ops.Embedding(wide, ids, 2, 3));
        }
    }

    [Theory, MemberData(nameof(Types))]
    public void Operations_without_a_kernel_for_16_bits_give_the_same_as_well(ScalarType type)
    {
        using var scope = new TensorScope();
        (Tensor half, Tensor wide) = Matrix(type, 7, 40, seed: 1);
        half.ToArray().ShouldHaveBitsOf(wide.ToArray());
        Ops.Mul(half, 2f).ShouldHaveBitsOf(Ops.Mul(wide, 2f));
        Ops.IndexSelect(half, 0, [3, 3, 0]).ShouldHaveBitsOf(Ops.IndexSelect(wide, 0, [3, 3, 0]));
        Tensor x = Normal(2, 7, 5);
        Ops.MatMul(x, half, transposeA: true).ShouldHaveBitsOf(Ops.MatMul(x, wide, transposeA: true));
    }

    [Fact]
    public void What_is_kept_in_16_bits_is_not_written()
    {
        using var scope = new TensorScope();
        (Tensor half, Tensor wide) = Matrix(ScalarType.BFloat16, 2, 3, seed: 1);
        Should.Throw<ArgumentException>(() => Ops.AddInplace(half, wide)).Message.ShouldContain("load them as float32");
        Should.Throw<ArgumentException>(() => Ops.AdamWInplace(half, wide, wide, wide, new AdamWStep(1, 0.1f, 0.1f)));
        Should.Throw<ArgumentException>(() => Ops.CopyInplace(half, -1, 0, 0, wide));
        Should.Throw<ArgumentException>(() => Ops.CopyInplace(half, 0, ScalarType.Float16, new byte[2]));
        Should.Throw<ArgumentException>(() => Ops.Empty(ScalarType.Float16, 3)).Message.ShouldContain("Only a matrix");
        Should.Throw<ArgumentException>(() => Ops.CopyInplace(wide, 5, ScalarType.Float32, new byte[8])).Message.ShouldContain("8 bytes");
        half.ToArray().ShouldHaveBitsOf(wide.ToArray());
    }

    // As ShouldHaveBitsOf, for a million elements.
    private static void ShouldBeEqual(Tensor actual, Tensor expected) =>
        MemoryMarshal.AsBytes<float>(actual.ToArray()).SequenceEqual(MemoryMarshal.AsBytes<float>(expected.ToArray())).ShouldBeTrue();

    private static (Tensor Half, Tensor Wide) Matrix(ScalarType type, int rows, int columns, ulong seed)
    {
        // A spread of sizes in which float16 has normal and subnormal numbers.
        ushort[] bits = [.. Values(seed, rows * columns).Select((value, i) => type == ScalarType.BFloat16
            ? (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16)
            : BitConverter.HalfToUInt16Bits((Half)(i % 5 == 0 ? value * 1e-5f : value)))];
        Tensor half = Ops.Empty(type, rows, columns);
        Tensor wide = Ops.Empty(ScalarType.Float32, rows, columns);
        Ops.CopyInplace(half, 0, type, MemoryMarshal.AsBytes<ushort>(bits));
        Ops.CopyInplace(wide, 0, type, MemoryMarshal.AsBytes<ushort>(bits));
        return (half, wide);
    }
}
