using MWork.Probes.Tensors;
using Shouldly;
using static MWork.Regression.Tensors.TensorData;

namespace MWork.Regression.Tensors;

public sealed class LayerTests
{
    private const float Eps = 1e-5f;

    public static TheoryData<int> Widths => [.. OddSizes, 64, 200];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Norms_and_their_gradients_agree_with_their_formulas(int width)
    {
        foreach (int rows in new[] { 0, 1, 5 })
        {
            float[] x = Values(1, rows * width);
            float[] w = Values(2, width);
            float[] b = Values(3, width);
            float[] g = Values(4, rows * width);
            Tensor t = Ops.FromArray(x, rows, width);
            Tensor weight = Ops.FromArray(w, width);
            Tensor bias = Ops.FromArray(b, width);
            Tensor grad = Ops.FromArray(g, rows, width);
            double Weighted(double[] y) => y.Select((v, i) => v * g[i]).Sum();
            double[] Rms(double[] at, double[] weights) =>
                Reference.ByRow(at, width, row => Reference.RmsNorm(row, weights, Eps, 1));
            double[] Layer(double[] at, double[] weights, double[] biases) =>
                Reference.ByRow(at, width, row => Reference.LayerNorm(row, weights, biases, Eps));

            Ops.RmsNorm(t, weight, Eps, 1).ShouldBeNear(Rms(x.Widen(), w.Widen()), 1e-6);
            (Tensor dx, Tensor dw) = Ops.RmsNormBackward(grad, t, weight, Eps, 1);
            dx.ShouldBeNear(Slopes(at => Weighted(Rms(at, w.Widen())), x), 1e-5);
            dw.ShouldBeNear(Slopes(at => Weighted(Rms(x.Widen(), at)), w), 1e-5);

            Ops.LayerNorm(t, weight, bias, Eps).ShouldBeNear(Layer(x.Widen(), w.Widen(), b.Widen()), 3e-6);
            Ops.LayerNorm(t, weight, null, Eps).ShouldBeNear(Layer(x.Widen(), w.Widen(), new double[width]), 3e-6);

            // One element has no deviation; its gradient is rounding noise times 1 / √eps.
            if (width > 1)
            {
                (dx, dw, Tensor db) = Ops.LayerNormBackward(grad, t, weight, Eps);
                dx.ShouldBeNear(Slopes(at => Weighted(Layer(at, w.Widen(), b.Widen())), x), 1e-5);
                dw.ShouldBeNear(Slopes(at => Weighted(Layer(x.Widen(), at, b.Widen())), w), 1e-5);
                db.ShouldBeNear(Slopes(at => Weighted(Layer(x.Widen(), w.Widen(), at)), b), 1e-5);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Cross_entropy_and_its_gradient_agree_with_their_formulas(int columns)
    {
        float[] x = Values(5, 4 * columns);
        int[] targets = [0, columns - 1, -1, columns / 2];
        Tensor logits = Ops.FromArray(x, 4, columns);
        Ops.CrossEntropy(logits, targets).ShouldBeNear([Reference.CrossEntropy(x.Widen(), columns, targets)], 1e-6);
        Ops.CrossEntropyBackward(Ops.Full(3), logits, targets)
            .ShouldBeNear(Slopes(at => 3 * Reference.CrossEntropy(at, columns, targets), x), 1e-6);
        Ops.CrossEntropy(logits, [-1, -1, -1, -1]).Item().ShouldBe(float.NaN);
        Should.Throw<ArgumentException>(() => Ops.CrossEntropy(logits, [0, 0, 0, columns]));
        Should.Throw<ArgumentException>(() => Ops.CrossEntropy(logits, [0])).Message.ShouldContain($"[4, {columns}]");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(30)]
    [InlineData(32)]
    [InlineData(66)]
    public void Rotation_turns_pairs_and_turns_back(int width)
    {
        int half = width / 2;
        Tensor x = Normal(6, 2, 3, 5, width);
        double[] angles = Values(7, 2 * 5 * half, 3).Widen();
        Tensor cos = Ops.FromArray(angles.Select(v => (float)Math.Cos(v)).ToArray(), 2, 5, half);
        Tensor sin = Ops.FromArray(angles.Select(v => (float)Math.Sin(v)).ToArray(), 2, 5, half);
        float[] from = x.ToArray();
        var expected = new double[from.Length];
        for (int i = 0; i < from.Length; i++)
        {
            (int row, int column) = (i / width, i % width);
            double angle = angles[(((row / 15 * 5) + (row % 5)) * half) + (column % half)];
            double other = from[column < half ? i + half : i - half] * (column < half ? -1 : 1);
            expected[i] = (from[i] * Math.Cos(angle)) + (other * Math.Sin(angle));
        }

        Tensor turned = Ops.RotaryEmbedding(x, cos, sin);
        turned.ShouldBeNear(expected, 1e-6);
        Ops.RotaryEmbedding(turned, cos, Ops.Mul(sin, -1f)).ShouldBeNear(from.Widen(), 1e-6);
        Should.Throw<ArgumentException>(() => Ops.RotaryEmbedding(x, Normal(1, 1, 5, half), Normal(1, 1, 5, half)));
    }
}
