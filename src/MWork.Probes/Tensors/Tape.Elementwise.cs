namespace MWork.Probes.Tensors;

public sealed partial class Tape
{
    private const float SmallestNormal = 1.17549435e-38f;

    public Tensor Add(Tensor a, Tensor b) => Binary(a, b, ops.Add(a, b), static (_, g) => g, static (_, g) => g);

    public Tensor Sub(Tensor a, Tensor b) => Binary(a, b, ops.Sub(a, b), static (_, g) => g, static (o, g) => o.Mul(g, -1));

    public Tensor Mul(Tensor a, Tensor b) => Binary(a, b, ops.Mul(a, b), (o, g) => o.Mul(g, b), (o, g) => o.Mul(g, a));

    public Tensor Div(Tensor a, Tensor b)
    {
        Tensor quotient = ops.Div(a, b);
        return Binary(a, b, quotient, (o, g) => o.Div(g, b), (o, g) => o.Mul(o.Mul(o.Div(g, b), quotient), -1));
    }

    public Tensor Add(Tensor x, float value) => Record(x, ops.Add(x, value), static gradient => gradient);

    public Tensor Mul(Tensor x, float value) => Record(x, ops.Mul(x, value), gradient => ops.Mul(gradient, value));

    public Tensor Gt(Tensor x, float value) => ops.Gt(x, value);

    public Tensor Exp(Tensor x)
    {
        Tensor y = ops.Exp(x);
        return Record(x, y, gradient => ops.Mul(gradient, y));
    }

    public Tensor Log(Tensor x) => Record(x, ops.Log(x), gradient => ops.Div(gradient, x));

    public Tensor Sqrt(Tensor x)
    {
        Tensor y = ops.Sqrt(x);
        return Record(x, y, gradient => ops.Mul(ops.Div(gradient, y), 0.5f));
    }

    // The subgradient at zero is zero, as in PyTorch: x/|x| with the divisor kept off zero.
    public Tensor Abs(Tensor x)
    {
        Tensor y = ops.Abs(x);
        return Record(x, y, gradient => ops.Mul(gradient, ops.Div(x, ops.Add(y, SmallestNormal))));
    }

    public Tensor Tanh(Tensor x)
    {
        Tensor y = ops.Tanh(x);
        return Record(x, y, gradient => ops.Mul(gradient, ops.Add(ops.Mul(ops.Mul(y, y), -1), 1)));
    }

    public Tensor Silu(Tensor x) => Record(x, ops.Silu(x), gradient => ops.SiluBackward(gradient, x));

    public Tensor Gelu(Tensor x, bool tanh) => Record(x, ops.Gelu(x, tanh), gradient => ops.GeluBackward(gradient, x, tanh));

    public Tensor SiluBackward(Tensor grad, Tensor x) => throw OneTime(nameof(SiluBackward));

    public Tensor GeluBackward(Tensor grad, Tensor x, bool tanh) => throw OneTime(nameof(GeluBackward));

    private Tensor Binary(
        Tensor a, Tensor b, Tensor output, Func<ITensorOps, Tensor, Tensor> gradientA, Func<ITensorOps, Tensor, Tensor> gradientB)
    {
        if (!Tracks(a) && !Tracks(b))
        {
            return output;
        }

        return Record(output, gradient =>
        {
            if (Tracks(a))
            {
                Accumulate(a, gradientA(ops, gradient));
            }

            if (Tracks(b))
            {
                Accumulate(b, SumTo(gradientB(ops, gradient), b.Shape));
            }
        });
    }

    // Undoes broadcasting: sums the dimensions along which b was repeated.
    private Tensor SumTo(Tensor gradient, ReadOnlySpan<int> shape)
    {
        while (gradient.Rank > shape.Length)
        {
            gradient = ops.Sum(gradient, 0);
        }

        for (int dim = 0; dim < shape.Length; dim++)
        {
            if (shape[dim] == 1 && gradient.Size(dim) != 1)
            {
                gradient = ops.Sum(gradient, dim, keepDim: true);
            }
        }

        return gradient;
    }

    // A gradient of a gradient is not needed by any probe; saying so beats a wrong number.
    private static NotSupportedException OneTime(string name) =>
        new($"{name} is itself a gradient, and this tape differentiates once.");
}
