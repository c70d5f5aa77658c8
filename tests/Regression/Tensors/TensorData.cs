using MWork.Probes.Randomness;
using MWork.Probes.Tensors;
using MWork.Probes.Tensors.Managed;
using Shouldly;

namespace MWork.Regression.Tensors;

/// <summary>Random tensors and comparisons for the tests of the op list.</summary>
internal static class TensorData
{
    /// <summary>Sizes around the width of a vector.</summary>
    public static readonly int[] OddSizes = [1, 15, 16, 17, 33];

    public static ManagedBackend Ops { get; } = new(2);

    public static float[] Values(ulong seed, int count, double scale = 1)
    {
        var random = new CounterRandom(seed, "tensor");
        var values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (float)(random.NextGaussian() * scale);
        }

        return values;
    }

    public static Tensor Normal(ulong seed, params int[] shape) =>
        Ops.FromArray(Values(seed, shape.Aggregate(1, (a, b) => a * b)), shape);

    public static void ShouldBeNear(this Tensor actual, double[] expected, double tolerance = 1e-5)
    {
        float[] values = actual.ToArray();
        values.Length.ShouldBe(expected.Length);
        for (int i = 0; i < values.Length; i++)
        {
            double difference = Math.Abs(values[i] - expected[i]);
            (difference <= tolerance * Math.Max(1, Math.Abs(expected[i])))
                .ShouldBeTrue($"{actual} at {i}: {values[i]} instead of {expected[i]}");
        }
    }

    public static void ShouldHaveBitsOf(this Tensor actual, Tensor expected)
    {
        actual.Shape.ToArray().ShouldBe(expected.Shape.ToArray());
        actual.ToArray().ShouldHaveBitsOf(expected.ToArray());
    }

    public static void ShouldHaveBitsOf(this float[] actual, float[] expected) =>
        actual.Select(BitConverter.SingleToInt32Bits).ShouldBe(expected.Select(BitConverter.SingleToInt32Bits));

    /// <summary>Σ weights · f(x) and its slope in every x by central differences, both in double precision.</summary>
    public static double[] Slopes(Func<double[], double> f, float[] at)
    {
        const double Step = 1e-5;
        double[] x = at.Select(v => (double)v).ToArray();
        var slopes = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            double kept = x[i];
            x[i] = kept + Step;
            double up = f(x);
            x[i] = kept - Step;
            double down = f(x);
            x[i] = kept;
            slopes[i] = (up - down) / (2 * Step);
        }

        return slopes;
    }

    /// <summary>Error of a float in units of its last place.</summary>
    public static double Ulps(float actual, double expected)
    {
        if (double.IsNaN(expected))
        {
            return float.IsNaN(actual) ? 0 : double.PositiveInfinity;
        }

        float rounded = (float)expected;
        if (actual == rounded)
        {
            return 0;
        }

        if (float.IsInfinity(rounded) || float.IsInfinity(actual))
        {
            // One step beyond the largest float counts as one.
            return Math.Abs(BitConverter.SingleToInt32Bits(actual) - (double)BitConverter.SingleToInt32Bits(rounded));
        }

        double unit = Math.Max((double)MathF.BitIncrement(MathF.Abs(rounded)) - MathF.Abs(rounded), 1.4e-45);
        return Math.Abs(actual - expected) / unit;
    }
}
