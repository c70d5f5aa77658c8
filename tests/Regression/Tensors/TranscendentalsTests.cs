using MWork.Probes.Randomness;
using MWork.Probes.Tensors;
using MWork.Probes.Tensors.Managed;
using Shouldly;

namespace MWork.Regression.Tensors;

public sealed class TranscendentalsTests
{
    private const int Points = 100_000;

    [Fact]
    public void Float_functions_stay_within_their_bounds()
    {
        WorstUlps(VectorTranscendentals.Exp, Math.Exp, -110, 95).ShouldBeLessThan(1.5);
        WorstUlps(VectorTranscendentals.Exp, Math.Exp, -1, 1).ShouldBeLessThan(1.5);
        WorstUlps(VectorTranscendentals.Log, Math.Log, 0, 4).ShouldBeLessThan(1.5);
        WorstUlps(VectorTranscendentals.Log, Math.Log, 0, 1e30).ShouldBeLessThan(1.5);
        WorstUlps(VectorTranscendentals.Log, Math.Log, 0, 1e-38).ShouldBeLessThan(1.5);
        WorstUlps(VectorTranscendentals.Tanh, Math.Tanh, -10, 10).ShouldBeLessThan(3);
        WorstUlps(VectorTranscendentals.Tanh, Math.Tanh, -1e-3, 1e-3).ShouldBeLessThan(3);
        WorstUlps(VectorTranscendentals.Sigmoid, x => 1 / (1 + Math.Exp(-x)), -80, 30).ShouldBeLessThan(3);
        WorstUlps(VectorTranscendentals.Erf, Reference.Erf, -4, 4).ShouldBeLessThan(2);
        WorstUlps(VectorTranscendentals.Erf, Reference.Erf, -1e-3, 1e-3).ShouldBeLessThan(2);
    }

    [Fact]
    public void Float_functions_know_the_special_values()
    {
        VectorTranscendentals.Exp(float.NegativeInfinity).ShouldBe(0);
        VectorTranscendentals.Exp(float.PositiveInfinity).ShouldBe(float.PositiveInfinity);
        VectorTranscendentals.Exp(0).ShouldBe(1);
        VectorTranscendentals.Exp(-0f).ShouldBe(1);
        VectorTranscendentals.Exp(float.MaxValue).ShouldBe(float.PositiveInfinity);
        VectorTranscendentals.Exp(float.MinValue).ShouldBe(0);
        VectorTranscendentals.Log(0).ShouldBe(float.NegativeInfinity);
        VectorTranscendentals.Log(-0f).ShouldBe(float.NegativeInfinity);
        VectorTranscendentals.Log(1).ShouldBe(0);
        VectorTranscendentals.Log(float.PositiveInfinity).ShouldBe(float.PositiveInfinity);
        VectorTranscendentals.Log(-1).ShouldBe(float.NaN);
        VectorTranscendentals.Log(float.NegativeInfinity).ShouldBe(float.NaN);
        VectorTranscendentals.Sigmoid(float.NegativeInfinity).ShouldBe(0);
        VectorTranscendentals.Sigmoid(float.PositiveInfinity).ShouldBe(1);
        BitConverter.SingleToInt32Bits(VectorTranscendentals.Tanh(-0f)).ShouldBe(BitConverter.SingleToInt32Bits(-0f));
        BitConverter.SingleToInt32Bits(VectorTranscendentals.Erf(-0f)).ShouldBe(BitConverter.SingleToInt32Bits(-0f));
        foreach (float sign in new[] { 1f, -1f })
        {
            VectorTranscendentals.Tanh(sign * float.PositiveInfinity).ShouldBe(sign);
            VectorTranscendentals.Erf(sign * float.PositiveInfinity).ShouldBe(sign);
            VectorTranscendentals.Tanh(sign * float.MaxValue).ShouldBe(sign);
            VectorTranscendentals.Erf(sign * float.MaxValue).ShouldBe(sign);
            VectorTranscendentals.Tanh(sign * float.Epsilon).ShouldBe(sign * float.Epsilon);
        }

        foreach (Func<float, float> f in new Func<float, float>[]
        {
            VectorTranscendentals.Exp, VectorTranscendentals.Log, VectorTranscendentals.Tanh,
            VectorTranscendentals.Sigmoid, VectorTranscendentals.Erf,
        })
        {
            f(float.NaN).ShouldBe(float.NaN);
        }
    }

    [Fact]
    public void Double_functions_agree_with_the_platform()
    {
        WorstRelative(Transcendentals.Exp, Math.Exp, -700, 700).ShouldBeLessThan(5e-16);
        WorstRelative(Transcendentals.Exp, Math.Exp, -1, 1).ShouldBeLessThan(5e-16);
        WorstRelative(Transcendentals.Log, Math.Log, 0, 3).ShouldBeLessThan(5e-16);
        WorstRelative(Transcendentals.Log, Math.Log, 0, 1e300).ShouldBeLessThan(5e-16);
        WorstRelative(Transcendentals.Tanh, Math.Tanh, -20, 20).ShouldBeLessThan(1e-15);
        WorstRelative(Transcendentals.Tanh, Math.Tanh, -1e-4, 1e-4).ShouldBeLessThan(1e-15);
        WorstRelative(x => Transcendentals.Pow(10_000, x), x => Math.Pow(10_000, x), -60, 60).ShouldBeLessThan(1e-15);
        WorstRelative(x => Transcendentals.Pow(x, 3.7), x => Math.Pow(x, 3.7), 0, 100).ShouldBeLessThan(1e-15);
        foreach (double range in new[] { 1, 100, 1e6 })
        {
            WorstAbsolute(Transcendentals.Sin, Math.Sin, -range, range).ShouldBeLessThan(5e-16);
            WorstAbsolute(Transcendentals.Cos, Math.Cos, -range, range).ShouldBeLessThan(5e-16);
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(-1.0)]
    [InlineData(2.0)]
    [InlineData(-3.0)]
    [InlineData(0.5)]
    [InlineData(710.0)]
    [InlineData(-745.0)]
    [InlineData(-746.0)]
    [InlineData(5e-324)]
    [InlineData(1e-310)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.NaN)]
    public void Double_functions_know_the_special_values(double x)
    {
        Close(Transcendentals.Exp(x), Math.Exp(x));
        Close(Transcendentals.Log(x), Math.Log(x));
        Close(Transcendentals.Tanh(x), Math.Tanh(x));
        Close(Transcendentals.Sin(x), Math.Sin(x));
        Close(Transcendentals.Cos(x), Math.Cos(x));
        foreach (double y in new[] { 0, 1, -1, 2, 3, -3, 0.5, double.PositiveInfinity, double.NegativeInfinity })
        {
            // At −∞ and −1 IEEE has cases of its own that rotary tables and Adam never meet.
            if (x >= 0 || (double.IsFinite(y) && double.IsFinite(x)))
            {
                Close(Transcendentals.Pow(x, y), Math.Pow(x, y));
            }
        }
    }

    [Fact]
    public void Gaussian_numbers_have_the_moments_of_the_normal_distribution()
    {
        var random = new CounterRandom(11, "gaussian");
        double[] x = Enumerable.Range(0, 100_000).Select(_ => random.NextGaussian()).ToArray();

        // Five standard errors: 1/√n, √(2/n), √(15/n), √(96/n).
        x.Average().ShouldBe(0, 5 * Math.Sqrt(1.0 / x.Length));
        x.Average(v => v * v).ShouldBe(1, 5 * Math.Sqrt(2.0 / x.Length));
        x.Average(v => v * v * v).ShouldBe(0, 5 * Math.Sqrt(15.0 / x.Length));
        x.Average(v => v * v * v * v).ShouldBe(3, 5 * Math.Sqrt(96.0 / x.Length));
    }

    private static void Close(double actual, double expected)
    {
        if (double.IsFinite(expected))
        {
            actual.ShouldBe(expected, Math.Max(1e-15 * Math.Abs(expected), 5e-324));
        }
        else
        {
            actual.ShouldBe(expected);
        }
    }

    private static double WorstUlps(Func<float, float> f, Func<double, double> reference, double from, double to)
    {
        double worst = 0;
        for (int i = 0; i <= Points; i++)
        {
            float x = (float)(from + ((to - from) * i / Points));
            worst = Math.Max(worst, TensorData.Ulps(f(x), reference(x)));
        }

        return worst;
    }

    private static double WorstRelative(Func<double, double> f, Func<double, double> reference, double from, double to)
    {
        double worst = 0;
        for (int i = 1; i < Points; i++)
        {
            double x = from + ((to - from) * i / Points);
            double expected = reference(x);
            worst = Math.Max(worst, expected == 0 ? Math.Abs(f(x)) : Math.Abs((f(x) - expected) / expected));
        }

        return worst;
    }

    private static double WorstAbsolute(Func<double, double> f, Func<double, double> reference, double from, double to)
    {
        double worst = 0;
        for (int i = 0; i <= Points; i++)
        {
            double x = from + ((to - from) * i / Points);
            worst = Math.Max(worst, Math.Abs(f(x) - reference(x)));
        }

        return worst;
    }
}
