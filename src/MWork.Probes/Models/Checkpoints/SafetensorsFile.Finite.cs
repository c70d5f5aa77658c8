using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MWork.Probes.Tensors;

namespace MWork.Probes.Models.Checkpoints;

// A NaN or an infinity has every bit of its exponent set, and nothing else has.
public sealed partial class SafetensorsFile
{
    /// <summary>Refuses elements of a float tensor with a NaN or an infinity among them; integers always pass.</summary>
    /// <exception cref="CheckpointException">Names the tensor and the first such element.</exception>
    internal void RequireFinite(SafetensorsEntry tensor, long start, ReadOnlySpan<byte> elements)
    {
        int at = tensor.Dtype switch
        {
            SafetensorsDtype.F32 => IndexOfExponent(MemoryMarshal.Cast<byte, uint>(elements), 0x7F80_0000u),
            SafetensorsDtype.F16 => IndexOfExponent(MemoryMarshal.Cast<byte, ushort>(elements), (ushort)0x7C00),
            SafetensorsDtype.BF16 => IndexOfExponent(MemoryMarshal.Cast<byte, ushort>(elements), (ushort)0x7F80),
            _ => -1,
        };
        if (at < 0)
        {
            return;
        }

        Span<float> value = stackalloc float[1];
        HalfPrecision.Widen(tensor.Dtype.ScalarType(), elements.Slice(at * tensor.Dtype.Size(), tensor.Dtype.Size()), value);
        throw Fault(
            tensor.Name,
            $"is {value[0]} at {DescribeIndex(start + at, tensor.Shape)};" +
            " take the checkpoint from before training diverged, or download it again");
    }

    private static int IndexOfExponent<T>(ReadOnlySpan<T> values, T mask)
        where T : unmanaged, IBinaryInteger<T>
    {
        Vector256<T> bits = Vector256.Create(mask);
        int i = 0;
        for (; i <= values.Length - Vector256<T>.Count; i += Vector256<T>.Count)
        {
            if (Vector256.EqualsAny(Vector256.Create(values[i..]) & bits, bits))
            {
                break;
            }
        }

        for (; i < values.Length; i++)
        {
            if ((values[i] & mask) == mask)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>A row-major position as PyTorch would index it: <c>[2, 0, 17]</c>.</summary>
    private static string DescribeIndex(long position, ReadOnlySpan<int> shape)
    {
        int[] index = new int[shape.Length];
        for (int dim = shape.Length - 1; dim >= 0; dim--)
        {
            (position, long within) = Math.DivRem(position, shape[dim]);
            index[dim] = (int)within;
        }

        return Tensor.Describe(index);
    }
}
