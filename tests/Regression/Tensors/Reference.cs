namespace MWork.Regression.Tensors;

/// <summary>The op list spelled out in double precision, one plain loop each.</summary>
internal static class Reference
{
    public static double Silu(double x) => x / (1 + Math.Exp(-x));

    public static double GeluTanh(double x) =>
        0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))));

    public static double Gelu(double x) => 0.5 * x * (1 + Erf(x / Math.Sqrt(2)));

    /// <summary>erf by its series near 0, by the continued fraction of erfc elsewhere.</summary>
    public static double Erf(double x)
    {
        double size = Math.Abs(x);
        if (size > 2)
        {
            double fraction = size;
            for (int n = 120; n > 0; n--)
            {
                fraction = size + (n / 2.0 / fraction);
            }

            return Math.Sign(x) * (1 - (Math.Exp(-x * x) / Math.Sqrt(Math.PI) / fraction));
        }

        double term = x;
        double sum = x;
        for (int n = 1; n < 60; n++)
        {
            term *= -x * x / n;
            sum += term / ((2 * n) + 1);
        }

        return 2 / Math.Sqrt(Math.PI) * sum;
    }

    public static double[] Broadcast(float[] values, int[] from, int[] to)
    {
        var result = new double[to.Aggregate(1, (a, b) => a * b)];
        for (int i = 0; i < result.Length; i++)
        {
            int rest = i;
            int at = 0;
            int stride = 1;
            for (int d = 1; d <= to.Length; d++)
            {
                int index = rest % to[^d];
                rest /= to[^d];
                if (d <= from.Length)
                {
                    at += (from[^d] == 1 ? 0 : index) * stride;
                    stride *= from[^d];
                }
            }

            result[i] = values[at];
        }

        return result;
    }

    /// <summary>Applies <paramref name="f"/> to each row of <paramref name="columns"/> elements.</summary>
    public static double[] ByRow(double[] x, int columns, Func<double[], IEnumerable<double>> f) =>
        x.Chunk(Math.Max(1, columns)).SelectMany(row => f(row)).ToArray();

    public static double[] Widen(this float[] x) => x.Select(v => (double)v).ToArray();

    public static double[] Softmax(double[] x)
    {
        double max = x.Max();
        double sum = x.Sum(v => Math.Exp(v - max));
        return x.Select(v => Math.Exp(v - max) / sum).ToArray();
    }

    public static double[] LogSoftmax(double[] x)
    {
        double max = x.Max();
        double log = Math.Log(x.Sum(v => Math.Exp(v - max)));
        return x.Select(v => v - max - log).ToArray();
    }

    public static double[] RmsNorm(double[] x, double[] weight, double eps, double offset)
    {
        double inverse = 1 / Math.Sqrt(x.Average(v => v * v) + eps);
        return x.Select((v, i) => v * inverse * (offset + weight[i])).ToArray();
    }

    public static double[] LayerNorm(double[] x, double[] weight, double[] bias, double eps)
    {
        double mean = x.Average();
        double inverse = 1 / Math.Sqrt(x.Average(v => (v - mean) * (v - mean)) + eps);
        return x.Select((v, i) => ((v - mean) * inverse * weight[i]) + bias[i]).ToArray();
    }

    public static double CrossEntropy(double[] logits, int columns, int[] targets)
    {
        double sum = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            if (targets[i] >= 0)
            {
                sum -= LogSoftmax(logits[(i * columns)..((i + 1) * columns)])[targets[i]];
            }
        }

        return sum / targets.Count(t => t >= 0);
    }

    /// <summary>A[m,k] · B[k,n], each stored transposed if so told.</summary>
    public static double[] MatMul(double[] a, double[] b, int m, int n, int k, bool transposeA, bool transposeB)
    {
        var c = new double[m * n];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                for (int p = 0; p < k; p++)
                {
                    c[(i * n) + j] += a[transposeA ? (p * m) + i : (i * k) + p] * b[transposeB ? (j * k) + p : (p * n) + j];
                }
            }
        }

        return c;
    }
}
