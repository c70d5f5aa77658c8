using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MWork.Probes.Tensors.Managed;

/// <summary>
/// Exp, log, tanh, sigmoid and erf of 16 floats, made of + − · / and fused multiply-add alone, so that every machine gives the same
/// bits. The scalar forms give the bits of one lane. NaN gives NaN.
/// </summary>
internal static class VectorTranscendentals
{
    // Adding and subtracting 1.5 · 2²³ rounds to the nearest integer, which then stands in the low bits.
    private const float Rounder = 12582912f;
    private const int RounderBits = 0x4B400000;

    public static float Exp(float x) => Exp(Vector512.Create(x)).ToScalar();

    public static float Log(float x) => Log(Vector512.Create(x)).ToScalar();

    public static float Tanh(float x) => Tanh(Vector512.Create(x)).ToScalar();

    public static float Sigmoid(float x) => Sigmoid(Vector512.Create(x)).ToScalar();

    public static float Erf(float x) => Erf(Vector512.Create(x)).ToScalar();

    /// <summary>eˣ within 1 ulp: x = n · ln 2 + r, a polynomial in r (Cephes, expf), and 2ⁿ in two factors so that denormal results
    /// round once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        // Beyond these the result is 0 or ∞ anyway; the comparisons let NaN through. Zero is put there at the end, not computed: an underflow
        // costs a processor a hundred times what any other result does.
        Vector512<float> vanishes = Vector512.LessThanOrEqual(x, Vector512.Create(-104f));
        x = Vector512.ConditionalSelect(vanishes, Vector512<float>.Zero, x);
        x = Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(89f)), Vector512.Create(89f), x);

        Vector512<float> shifted = Fma(x, Vector512.Create(1.44269504f), Vector512.Create(Rounder));
        Vector512<float> n = shifted - Vector512.Create(Rounder);
        Vector512<float> r = Fma(n, Vector512.Create(-0.693359375f), x);
        r = Fma(n, Vector512.Create(2.12194440e-4f), r);

        Vector512<float> p = Fma(Vector512.Create(1.9875691500e-4f), r, Vector512.Create(1.3981999507e-3f));
        p = Fma(p, r, Vector512.Create(8.3334519073e-3f));
        p = Fma(p, r, Vector512.Create(4.1665795894e-2f));
        p = Fma(p, r, Vector512.Create(1.6666665459e-1f));
        p = Fma(p, r, Vector512.Create(5.0000001201e-1f));
        p = Fma(p, r * r, r) + Vector512<float>.One;

        Vector512<int> exponent = shifted.AsInt32() - Vector512.Create(RounderBits);
        Vector512<int> half = Vector512.ShiftRightArithmetic(exponent, 1);
        return Vector512.AndNot(p * PowerOfTwo(half) * PowerOfTwo(exponent - half), vanishes);
    }

    /// <summary>ln x within 1 ulp (Cephes, logf): x = 2ⁿ · m with m in [√½, √2). Negative numbers give NaN, 0 gives −∞.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x)
    {
        const int SqrtHalfBits = 0x3F3504F3;
        Vector512<float> denormal = Vector512.LessThan(x, Vector512.Create(1.17549435e-38f));
        Vector512<float> scaled = Vector512.ConditionalSelect(denormal, x * Vector512.Create(8388608f), x);
        Vector512<int> exponent = Vector512.ShiftRightArithmetic(scaled.AsInt32() - Vector512.Create(SqrtHalfBits), 23);
        Vector512<float> f = (scaled.AsInt32() - Vector512.ShiftLeft(exponent, 23)).AsSingle() - Vector512<float>.One;
        Vector512<float> n = Vector512.ConvertToSingle(exponent) - (denormal & Vector512.Create(23f));

        Vector512<float> p = Fma(Vector512.Create(7.0376836292e-2f), f, Vector512.Create(-1.1514610310e-1f));
        p = Fma(p, f, Vector512.Create(1.1676998740e-1f));
        p = Fma(p, f, Vector512.Create(-1.2420140846e-1f));
        p = Fma(p, f, Vector512.Create(1.4249322787e-1f));
        p = Fma(p, f, Vector512.Create(-1.6668057665e-1f));
        p = Fma(p, f, Vector512.Create(2.0000714765e-1f));
        p = Fma(p, f, Vector512.Create(-2.4999993993e-1f));
        p = Fma(p, f, Vector512.Create(3.3333331174e-1f));

        Vector512<float> square = f * f;
        Vector512<float> low = Fma(p * f, square, n * Vector512.Create(-2.12194440e-4f));
        low = Fma(square, Vector512.Create(-0.5f), low);
        Vector512<float> result = Fma(n, Vector512.Create(0.693359375f), f + low);

        result = Vector512.ConditionalSelect(
            Vector512.Equals(x, Vector512<float>.Zero), Vector512.Create(float.NegativeInfinity), result);
        result = Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), Vector512.Create(float.NaN), result);

        // ∞ and NaN are their own logarithm.
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512.Create(float.PositiveInfinity)), result, x);
    }

    /// <summary>tanh x within 3 ulp: an odd polynomial below 0.625 (Cephes, tanhf), 1 − 2 / (e²ˣ + 1) above.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x)
    {
        Vector512<float> size = Vector512.Abs(x);
        Vector512<float> square = x * x;
        Vector512<float> p = Fma(Vector512.Create(-5.70498872745e-3f), square, Vector512.Create(2.06390887954e-2f));
        p = Fma(p, square, Vector512.Create(-5.37397155531e-2f));
        p = Fma(p, square, Vector512.Create(1.33314422036e-1f));
        p = Fma(p, square, Vector512.Create(-3.33332819422e-1f));
        Vector512<float> small = Fma(p * square, x, x);

        Vector512<float> large = Vector512<float>.One - (Vector512.Create(2f) / (Exp(size + size) + Vector512<float>.One));
        return CopySign(Vector512.ConditionalSelect(Vector512.LessThan(size, Vector512.Create(0.625f)), small, large), x);
    }

    /// <summary>1 / (1 + e⁻ˣ) within 3 ulp, also where it is tiny.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x)
    {
        Vector512<float> e = Exp(-Vector512.Abs(x));
        Vector512<float> numerator = Vector512.ConditionalSelect(
            Vector512.LessThan(x, Vector512<float>.Zero), e, Vector512<float>.One);
        return numerator / (Vector512<float>.One + e);
    }

    /// <summary>The error function within 2 ulp: an odd polynomial below 0.93, 1 − e^p above (coefficients by N. Juffa, in the public
    /// domain).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Erf(Vector512<float> x)
    {
        Vector512<float> size = Vector512.Abs(x);
        Vector512<float> square = x * x;

        Vector512<float> p = Fma(Vector512.Create(-1.72853470e-5f), size, Vector512.Create(3.83197126e-4f));
        Vector512<float> q = Fma(Vector512.Create(-3.88396438e-3f), size, Vector512.Create(2.42546219e-2f));
        p = Fma(p, square, q);
        p = Fma(p, size, Vector512.Create(-1.06777877e-1f));
        p = Fma(p, size, Vector512.Create(-6.34846687e-1f));
        p = Fma(p, size, Vector512.Create(-1.28717512e-1f));
        p = Fma(p, size, -size);
        Vector512<float> large = CopySign(Vector512<float>.One - Exp(p), x);

        Vector512<float> s = Fma(Vector512.Create(-5.96761703e-4f), square, Vector512.Create(4.99119423e-3f));
        s = Fma(s, square, Vector512.Create(-2.67681349e-2f));
        s = Fma(s, square, Vector512.Create(1.12819925e-1f));
        s = Fma(s, square, Vector512.Create(-3.76125336e-1f));
        s = Fma(s, square, Vector512.Create(1.28379166e-1f));
        Vector512<float> small = Fma(s, x, x);

        return Vector512.ConditionalSelect(Vector512.GreaterThan(size, Vector512.Create(0.927734375f)), large, small);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Fma(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        Vector512.FusedMultiplyAdd(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> PowerOfTwo(Vector512<int> exponent) =>
        Vector512.ShiftLeft(exponent + Vector512.Create(127), 23).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> CopySign(Vector512<float> size, Vector512<float> sign) =>
        Vector512.ConditionalSelect(Vector512.Create(-0f), sign, size);
}
