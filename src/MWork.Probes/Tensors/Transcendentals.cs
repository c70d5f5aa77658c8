namespace MWork.Probes.Tensors;

/// <summary>
/// Exp, log, pow, sin, cos and tanh in double precision with the same bits on every machine; <see cref="Math"/> leaves them to the
/// platform's C library. Within about 1 ulp. NaN gives NaN.
/// </summary>
public static class Transcendentals
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double HalfPiHigh = 1.57079632679489655800e+00;
    private const double HalfPiLow = 6.12323399573676603587e-17;

    // 1/2!, 1/3!, … 1/14!
    private static readonly double[] s_inverseFactorials = InverseFactorials();

    /// <summary>eˣ; ∞ above 709.78, 0 below −745.13.</summary>
    public static double Exp(double x) => Exp(x, 0);

    /// <summary>ln x; −∞ at 0, NaN below.</summary>
    public static double Log(double x)
    {
        if (!(x > 0) || double.IsPositiveInfinity(x))
        {
            return x == 0 ? double.NegativeInfinity : x > 0 ? x : double.NaN;
        }

        (double high, double low) = LogParts(x);
        return high + low;
    }

    /// <summary>xʸ for x ≥ 0 and any y; for x &lt; 0 and an integer y. NaN for negative x otherwise.</summary>
    public static double Pow(double x, double y)
    {
        if (y == 0 || x == 1)
        {
            return 1;
        }

        if (double.IsNaN(x) || double.IsNaN(y))
        {
            return double.NaN;
        }

        if (x < 0)
        {
            if (Math.Floor(y) != y)
            {
                return double.NaN;
            }

            double size = Pow(-x, y);
            return Math.IEEERemainder(y, 2) == 0 ? size : -size;
        }

        if (x == 0 || double.IsInfinity(x) || double.IsInfinity(y))
        {
            return (x > 1) == (y > 0) ? double.PositiveInfinity : 0;
        }

        // The product needs more than 53 bits, because its absolute error becomes the relative error of the power.
        (double high, double low) = LogParts(x);
        double product = y * high;
        double rest = Math.FusedMultiplyAdd(y, high, -product) + (y * low);
        return double.IsFinite(product) ? Exp(product, rest) : Exp(product, 0);
    }

    /// <summary>Sine; the error stays near 1e-16 up to |x| = 1e8 and grows slowly beyond. NaN at ±∞.</summary>
    public static double Sin(double x)
    {
        (long quadrant, double r, double low) = Reduce(x);
        double value = (quadrant & 1) == 0 ? SinKernel(r, low) : CosKernel(r, low);
        return (quadrant & 2) == 0 ? value : -value;
    }

    /// <summary>Cosine; the error stays near 1e-16 up to |x| = 1e8 and grows slowly beyond. NaN at ±∞.</summary>
    public static double Cos(double x)
    {
        (long quadrant, double r, double low) = Reduce(x);
        double value = (quadrant & 1) == 0 ? CosKernel(r, low) : SinKernel(r, low);
        return ((quadrant + 1) & 2) == 0 ? value : -value;
    }

    /// <summary>Hyperbolic tangent.</summary>
    public static double Tanh(double x)
    {
        double size = Math.Abs(x);
        if (size > 22)
        {
            return Math.CopySign(1, x);
        }

        // (e²ˣ − 1) / (e²ˣ + 1), with e²ˣ − 1 made without cancellation.
        double n = Math.Round((size + size) / (Ln2High + Ln2Low));
        double r = Math.FusedMultiplyAdd(n, -Ln2High, size + size) - (n * Ln2Low);
        double scale = Math.ScaleB(1, (int)n);
        double expm1 = double.IsNaN(x) ? x : (scale * Expm1Kernel(r)) + (scale - 1);
        return Math.CopySign(expm1 / (expm1 + 2), x);
    }

    /// <summary>e to the power x + low, low a small correction.</summary>
    private static double Exp(double x, double low)
    {
        if (!(x <= 710 && x >= -746))
        {
            return x > 0 ? double.PositiveInfinity : x < 0 ? 0 : double.NaN;
        }

        double n = Math.Round(x * 1.44269504088896338700e+00);
        double r = Math.FusedMultiplyAdd(n, -Ln2High, x);
        r += low - (n * Ln2Low);
        double p = 1 + Expm1Kernel(r);

        // Two exact factors, so that a denormal result rounds once.
        int half = (int)n / 2;
        return Math.ScaleB(p, half) * Math.ScaleB(1, (int)n - half);
    }

    /// <summary>eʳ − 1 for |r| ≤ ln 2 / 2, by its series.</summary>
    private static double Expm1Kernel(double r)
    {
        double p = s_inverseFactorials[^1];
        for (int i = s_inverseFactorials.Length - 2; i >= 0; i--)
        {
            p = Math.FusedMultiplyAdd(p, r, s_inverseFactorials[i]);
        }

        return Math.FusedMultiplyAdd(p * r, r, r);
    }

    /// <summary>ln x as an unevaluated sum of two doubles, for positive finite x: 2 · artanh((m − 1) / (m + 1)) + n · ln 2.</summary>
    private static (double High, double Low) LogParts(double x)
    {
        int n = Math.ILogB(x);
        double m = Math.ScaleB(x, -n);
        if (m > 1.4142135623730951)
        {
            m *= 0.5;
            n++;
        }

        double f = m - 1;
        double d = 2 + f;
        double dLow = f - (d - 2);
        double s = f / d;
        double sLow = (Math.FusedMultiplyAdd(-s, d, f) - (s * dLow)) / d;

        // Σ 2 s^(2k+1) / (2k+1) from k = 1; s² ≤ 0.0295, so twelve terms reach 1e-19 of the sum.
        double square = s * s;
        double p = 2.0 / 25;
        for (int k = 23; k >= 3; k -= 2)
        {
            p = Math.FusedMultiplyAdd(p, square, 2.0 / k);
        }

        double tail = (s * square * p) + (2 * sLow) + (n * Ln2Low);
        double high = n * Ln2High;
        double sum = high + (2 * s);
        double rest = Math.Abs(high) > Math.Abs(2 * s) ? (2 * s) - (sum - high) : high - (sum - (2 * s));
        rest += tail;
        double top = sum + rest;
        return (top, rest - (top - sum));
    }

    /// <summary>x = quadrant · π/2 + r + low with |r| ≤ π/4 (Cody and Waite; the fused product makes the first step exact).</summary>
    private static (long Quadrant, double R, double Low) Reduce(double x)
    {
        double n = Math.Round(x * 6.36619772367581382433e-01);
        double high = Math.FusedMultiplyAdd(n, -HalfPiHigh, x);
        double correction = n * HalfPiLow;
        double r = high - correction;
        return ((long)n, r, (high - r) - correction);
    }

    // Kernels of fdlibm (k_sin.c, k_cos.c) on |r| ≤ π/4.
    private static double SinKernel(double r, double low)
    {
        double z = r * r;
        double p = Math.FusedMultiplyAdd(z, 1.58969099521155010221e-10, -2.50507602534068634195e-08);
        p = Math.FusedMultiplyAdd(z, p, 2.75573137070700676789e-06);
        p = Math.FusedMultiplyAdd(z, p, -1.98412698298579493134e-04);
        p = Math.FusedMultiplyAdd(z, p, 8.33333333332248946124e-03);
        p = Math.FusedMultiplyAdd(z, p, -1.66666666666666324348e-01);
        return r + Math.FusedMultiplyAdd(z * r, p, low * (1 - (0.5 * z)));
    }

    private static double CosKernel(double r, double low)
    {
        double z = r * r;
        double p = Math.FusedMultiplyAdd(z, -1.13596475577881948265e-11, 2.08757232129817482790e-09);
        p = Math.FusedMultiplyAdd(z, p, -2.75573143513906633035e-07);
        p = Math.FusedMultiplyAdd(z, p, 2.48015872894767294178e-05);
        p = Math.FusedMultiplyAdd(z, p, -1.38888888888741095749e-03);
        p = Math.FusedMultiplyAdd(z, p, 4.16666666666666019037e-02);
        double half = 0.5 * z;
        double w = 1 - half;
        return w + (((1 - w) - half) + Math.FusedMultiplyAdd(z * z, p, -(r * low)));
    }

    private static double[] InverseFactorials()
    {
        var values = new double[13];
        double factorial = 1;
        for (int i = 0; i < values.Length; i++)
        {
            factorial *= i + 2;
            values[i] = 1 / factorial;
        }

        return values;
    }
}
