using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MWork.Probes.Tensors.Managed;

/// <summary>The elementwise functions. A backward function takes the gradient first and the forward input second.</summary>
internal static class Elementwise
{
    private const float SqrtTwoOverPi = 0.797884561f;
    private const float GeluCubic = 0.044715f;
    private const float SqrtHalf = 0.707106781f;
    private const float InverseSqrtTwoPi = 0.398942280f;

    internal readonly struct Add : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Apply(Vector512<float> a, Vector512<float> b) => a + b;
    }

    internal readonly struct Sub : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Apply(Vector512<float> a, Vector512<float> b) => a - b;
    }

    internal readonly struct Mul : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Apply(Vector512<float> a, Vector512<float> b) => a * b;
    }

    internal readonly struct Div : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Apply(Vector512<float> a, Vector512<float> b) => a / b;
    }

    internal readonly struct Gt : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Apply(Vector512<float> a, Vector512<float> b) =>
            Vector512.GreaterThan(a, b) & Vector512<float>.One;
    }

    internal readonly struct Exp : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Apply(Vector512<float> x) => VectorTranscendentals.Exp(x);
    }

    internal readonly struct Log : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Apply(Vector512<float> x) => VectorTranscendentals.Log(x);
    }

    internal readonly struct Sqrt : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Apply(Vector512<float> x) => Vector512.Sqrt(x);
    }

    internal readonly struct Abs : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Apply(Vector512<float> x) => Vector512.Abs(x);
    }

    internal readonly struct Tanh : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Apply(Vector512<float> x) => VectorTranscendentals.Tanh(x);
    }

    internal readonly struct Silu : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Apply(Vector512<float> x) => x * VectorTranscendentals.Sigmoid(x);
    }

    internal readonly struct SiluBackward : IBinary
    {
        // σ(x) · (1 + x · (1 − σ(x)))
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Apply(Vector512<float> grad, Vector512<float> x)
        {
            Vector512<float> sigmoid = VectorTranscendentals.Sigmoid(x);
            Vector512<float> slope = Vector512<float>.One + (x * (Vector512<float>.One - sigmoid));
            return grad * (sigmoid * slope);
        }
    }

    internal readonly struct Gelu : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Apply(Vector512<float> x) =>
            x * Vector512.Create(0.5f) * (Vector512<float>.One + VectorTranscendentals.Erf(x * Vector512.Create(SqrtHalf)));
    }

    internal readonly struct GeluBackward : IBinary
    {
        // Φ(x) + x · φ(x)
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Apply(Vector512<float> grad, Vector512<float> x)
        {
            Vector512<float> cumulative = Vector512.Create(0.5f)
                * (Vector512<float>.One + VectorTranscendentals.Erf(x * Vector512.Create(SqrtHalf)));
            Vector512<float> density = Vector512.Create(InverseSqrtTwoPi)
                * VectorTranscendentals.Exp(x * x * Vector512.Create(-0.5f));
            return grad * (cumulative + (x * density));
        }
    }

    internal readonly struct GeluTanh : IUnary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Apply(Vector512<float> x) =>
            x * Vector512.Create(0.5f) * (Vector512<float>.One + VectorTranscendentals.Tanh(GeluArgument(x)));
    }

    internal readonly struct GeluTanhBackward : IBinary
    {
        // ½ (1 + t) + ½ x (1 − t²) · u'(x), with t = tanh(u)
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<float> Apply(Vector512<float> grad, Vector512<float> x)
        {
            Vector512<float> t = VectorTranscendentals.Tanh(GeluArgument(x));
            Vector512<float> slope = Vector512.Create(SqrtTwoOverPi)
                * (Vector512<float>.One + (x * x * Vector512.Create(3 * GeluCubic)));
            Vector512<float> left = Vector512.Create(0.5f) * (Vector512<float>.One + t);
            Vector512<float> right = Vector512.Create(0.5f) * x * (Vector512<float>.One - (t * t)) * slope;
            return grad * (left + right);
        }
    }

    /// <summary>√(2/π) · (x + 0.044715 x³).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> GeluArgument(Vector512<float> x) =>
        Vector512.Create(SqrtTwoOverPi) * (x + (x * x * x * Vector512.Create(GeluCubic)));
}
