using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MWork.Probes.Tensors;

/// <summary>
/// Exact widening of 16-bit floats, little-endian: every finite value, both zeros and both infinities keep their value; a NaN stays
/// a NaN.
/// </summary>
internal static class HalfPrecision
{
    // Where float16 keeps its exponent once its bits are moved to those of a float32, and the difference of the exponents' biases.
    private const uint Exponent = 31u << 23;
    private const uint Rebias = (127u - 15) << 23;

    /// <summary>Bytes of one element.</summary>
    public static int Size(this ScalarType type) => type == ScalarType.Float32 ? sizeof(float) : sizeof(ushort);

    /// <summary>Elements as stored to float32; the destination has as many as <paramref name="source"/> has bytes for.</summary>
    public static void Widen(ScalarType type, ReadOnlySpan<byte> source, Span<float> destination)
    {
        switch (type)
        {
            case ScalarType.Float32:
                MemoryMarshal.Cast<byte, float>(source).CopyTo(destination);
                break;
            case ScalarType.Float16:
                WidenFloat16(MemoryMarshal.Cast<byte, ushort>(source), destination);
                break;
            default:
                WidenBFloat16(MemoryMarshal.Cast<byte, ushort>(source), destination);
                break;
        }
    }

    /// <summary>bfloat16 is the upper half of a float32, so that widening is a shift; a NaN keeps its payload.</summary>
    public static void WidenBFloat16(ReadOnlySpan<ushort> source, Span<float> destination)
    {
        Span<uint> bits = MemoryMarshal.Cast<float, uint>(destination);
        int i = 0;
        for (; i <= source.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            (Vector256<uint> lower, Vector256<uint> upper) = Vector256.Widen(Vector256.Create(source[i..]));
            (lower << 16).CopyTo(bits[i..]);
            (upper << 16).CopyTo(bits[(i + Vector256<uint>.Count)..]);
        }

        for (; i < source.Length; i++)
        {
            bits[i] = (uint)source[i] << 16;
        }
    }

    /// <summary>IEEE binary16, subnormals included.</summary>
    public static void WidenFloat16(ReadOnlySpan<ushort> source, Span<float> destination)
    {
        int i = 0;
        for (; i <= source.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            (Vector256<uint> lower, Vector256<uint> upper) = Vector256.Widen(Vector256.Create(source[i..]));
            WidenFloat16(lower).CopyTo(destination[i..]);
            WidenFloat16(upper).CopyTo(destination[(i + Vector256<uint>.Count)..]);
        }

        for (; i < source.Length; i++)
        {
            destination[i] = (float)BitConverter.UInt16BitsToHalf(source[i]);
        }
    }

    // In integers but for subnormals, whose leading one a subtraction of float32 finds exactly and without being subnormal itself.
    private static Vector256<float> WidenFloat16(Vector256<uint> half)
    {
        Vector256<uint> magnitude = (half & Vector256.Create(0x7FFFu)) << 13;
        Vector256<uint> exponent = magnitude & Vector256.Create(Exponent);
        Vector256<uint> normal = magnitude + Vector256.Create(Rebias);
        Vector256<uint> endless = normal + Vector256.Create(Rebias);
        Vector256<float> least = Vector256.Create(Rebias + (1u << 23)).AsSingle();
        Vector256<uint> subnormal = ((normal + Vector256.Create(1u << 23)).AsSingle() - least).AsUInt32();
        Vector256<uint> value = Vector256.ConditionalSelect(
            Vector256.Equals(exponent, Vector256.Create(Exponent)),
            endless,
            Vector256.ConditionalSelect(Vector256.Equals(exponent, Vector256<uint>.Zero), subnormal, normal));
        return (value | ((half & Vector256.Create(0x8000u)) << 16)).AsSingle();
    }
}
