using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MWork.Probes.Tensors;

/// <summary>
/// Exact widening of 16-bit floats, little-endian: every finite value, both zeros and both infinities keep their value; a NaN stays
/// a NaN.
/// </summary>
internal static class HalfPrecision
{
    // The difference of the exponents' biases, where float32 has its exponent.
    private const int Rebias = (127 - 15) << 23;

    /// <summary>Bytes of one element.</summary>
    public static int Size(this ScalarType type) => type == ScalarType.Float32 ? sizeof(float) : sizeof(ushort);

    /// <summary>Elements as stored to float32; the destination has as many as <paramref name="source"/> has bytes for.</summary>
    public static void Widen(ScalarType type, ReadOnlySpan<byte> source, Span<float> destination)
    {
        if (type == ScalarType.Float32)
        {
            MemoryMarshal.Cast<byte, float>(source).CopyTo(destination);
        }
        else
        {
            Widen(type, MemoryMarshal.Cast<byte, ushort>(source), destination);
        }
    }

    /// <summary>Elements of a type of 16 bits to as many of float32.</summary>
    public static void Widen(ScalarType type, ReadOnlySpan<ushort> source, Span<float> destination)
    {
        if (type == ScalarType.BFloat16)
        {
            WidenBFloat16(source, destination);
        }
        else
        {
            WidenFloat16(source, destination);
        }
    }

    /// <summary>bfloat16 is the upper half of a float32, so that widening is a shift; a NaN keeps its payload.</summary>
    private static void WidenBFloat16(ReadOnlySpan<ushort> source, Span<float> destination)
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
    private static void WidenFloat16(ReadOnlySpan<ushort> source, Span<float> destination)
    {
        Span<int> bits = MemoryMarshal.Cast<float, int>(destination);
        int i = 0;
        for (; i <= source.Length - Vector256<ushort>.Count; i += Vector256<ushort>.Count)
        {
            Vector256<ushort> half = Vector256.Create(source[i..]);

            // An exponent of all zeros or all ones (zero, subnormal, infinity, NaN) becomes 0 here, and no other does.
            Vector256<ushort> exponent = half & Vector256.Create((ushort)0x7C00);
            if (Vector256.EqualsAny((exponent + Vector256.Create((ushort)0x0400)) & Vector256.Create((ushort)0x7800), Vector256<ushort>.Zero))
            {
                WidenEach(source.Slice(i, Vector256<ushort>.Count), destination[i..]);
                continue;
            }

            (Vector256<int> lower, Vector256<int> upper) = Vector256.Widen(half.AsInt16());
            WidenNormal(lower).CopyTo(bits[i..]);
            WidenNormal(upper).CopyTo(bits[(i + Vector256<int>.Count)..]);
        }

        WidenEach(source[i..], destination[i..]);
    }

    // The sign was extended to the left: its copies beside the float32's own sign bit are masked out.
    private static Vector256<int> WidenNormal(Vector256<int> half) =>
        ((half << 13) & Vector256.Create(unchecked((int)0x8FFF_E000))) + Vector256.Create(Rebias);

    private static void WidenEach(ReadOnlySpan<ushort> source, Span<float> destination)
    {
        for (int i = 0; i < source.Length; i++)
        {
            destination[i] = (float)BitConverter.UInt16BitsToHalf(source[i]);
        }
    }
}
