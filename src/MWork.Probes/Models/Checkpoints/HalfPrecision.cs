using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MWork.Probes.Models.Checkpoints;

/// <summary>Exact widening of 16-bit floats: every finite value, both zeros and both infinities keep their value.</summary>
internal static class HalfPrecision
{
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

    /// <summary>IEEE binary16, subnormals included; a NaN stays a NaN.</summary>
    public static void WidenFloat16(ReadOnlySpan<ushort> source, Span<float> destination)
    {
        for (int i = 0; i < source.Length; i++)
        {
            destination[i] = (float)BitConverter.UInt16BitsToHalf(source[i]);
        }
    }
}
