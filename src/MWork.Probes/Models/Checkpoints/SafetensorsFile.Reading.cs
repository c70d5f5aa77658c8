using System.Buffers;
using System.Runtime.InteropServices;
using MWork.Probes.Tensors;

namespace MWork.Probes.Models.Checkpoints;

// Reading elements: everything goes through chunks, so that a read allocates little beyond its result.
public sealed partial class SafetensorsFile
{
    private const int ChunkLength = 1 << 16;

    /// <summary>Reads a tensor of F32, F16 or BF16 elements, row-major, widened exactly.</summary>
    /// <exception cref="CheckpointException">There is no such tensor, or its elements are integers.</exception>
    /// <exception cref="ArgumentException">The destination has not exactly as many elements as the tensor.</exception>
    public void ReadFloat32(string name, Span<float> destination)
    {
        SafetensorsEntry entry = Entry(name);
        RequireLength(entry, destination.Length, nameof(destination));
        ReadFloat32(entry, 0, destination);
    }

    /// <inheritdoc cref="ReadFloat32(string, Span{float})"/>
    public float[] ReadFloat32(string name)
    {
        SafetensorsEntry entry = Entry(name);
        var values = new float[ArrayLength(entry)];
        ReadFloat32(entry, 0, values);
        return values;
    }

    /// <summary>Reads a tensor of I64, I32, U8 or BOOL elements, row-major.</summary>
    /// <exception cref="CheckpointException">There is no such tensor, or its elements are floats.</exception>
    public long[] ReadInt64(string name)
    {
        SafetensorsEntry entry = Entry(name);
        if (entry.Dtype.IsFloat())
        {
            throw Fault(name, $"holds {entry.Dtype.Name()} and was asked for as integers; read it as floats");
        }

        var values = new long[ArrayLength(entry)];
        byte[] bytes = ArrayPool<byte>.Shared.Rent(ChunkLength * entry.Dtype.Size());
        try
        {
            int size = entry.Dtype.Size();
            for (long done = 0; done < values.Length; done += ChunkLength)
            {
                Span<long> part = values.AsSpan((int)done, (int)Math.Min(ChunkLength, values.Length - done));
                Span<byte> raw = bytes.AsSpan(0, part.Length * size);
                ReadBytes(entry, done * size, raw);
                Widen(entry.Dtype, raw, part);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }

        return values;
    }

    /// <summary>Copies bytes of a tensor as stored, from <paramref name="start"/> on, until the destination is full.</summary>
    /// <exception cref="CheckpointException">There is no such tensor.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The range leaves the tensor.</exception>
    public void ReadBytes(string name, long start, Span<byte> destination) => ReadBytes(Entry(name), start, destination);

    /// <summary>Refuses a float tensor with a NaN or an infinity in it; integer tensors always pass.</summary>
    /// <exception cref="CheckpointException">Names the tensor and the first such element.</exception>
    public void CheckFinite(string name)
    {
        SafetensorsEntry entry = Entry(name);
        if (!entry.Dtype.IsFloat())
        {
            return;
        }

        float[] chunk = ArrayPool<float>.Shared.Rent(ChunkLength);
        try
        {
            for (long done = 0; done < entry.Count; done += ChunkLength)
            {
                Span<float> part = chunk.AsSpan(0, (int)Math.Min(ChunkLength, entry.Count - done));
                ReadFloat32(entry, done, part);
                for (int i = 0; i < part.Length; i++)
                {
                    if (!float.IsFinite(part[i]))
                    {
                        throw Fault(
                            name,
                            $"is {part[i]} at {DescribeIndex(done + i, entry.Shape)};" +
                            " take the checkpoint from before training diverged, or download it again");
                    }
                }
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(chunk);
        }
    }

    private static void Widen(SafetensorsDtype dtype, ReadOnlySpan<byte> raw, Span<long> values)
    {
        switch (dtype)
        {
            case SafetensorsDtype.I64:
                MemoryMarshal.Cast<byte, long>(raw).CopyTo(values);
                break;
            case SafetensorsDtype.I32:
                ReadOnlySpan<int> integers = MemoryMarshal.Cast<byte, int>(raw);
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = integers[i];
                }

                break;
            default:
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = raw[i];
                }

                break;
        }
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

    private void ReadFloat32(SafetensorsEntry entry, long start, Span<float> destination)
    {
        switch (entry.Dtype)
        {
            case SafetensorsDtype.F32:
                // In pieces, because a span of bytes cannot cover a span of more than 2²⁹ floats.
                while (!destination.IsEmpty)
                {
                    Span<float> part = destination[..Math.Min(ChunkLength, destination.Length)];
                    ReadBytes(entry, start * sizeof(float), MemoryMarshal.AsBytes(part));
                    start += part.Length;
                    destination = destination[part.Length..];
                }

                break;
            case SafetensorsDtype.F16 or SafetensorsDtype.BF16:
                ushort[] halves = ArrayPool<ushort>.Shared.Rent(ChunkLength);
                while (!destination.IsEmpty)
                {
                    Span<ushort> part = halves.AsSpan(0, Math.Min(ChunkLength, destination.Length));
                    ReadBytes(entry, start * sizeof(ushort), MemoryMarshal.AsBytes(part));
                    if (entry.Dtype == SafetensorsDtype.F16)
                    {
                        HalfPrecision.WidenFloat16(part, destination);
                    }
                    else
                    {
                        HalfPrecision.WidenBFloat16(part, destination);
                    }

                    start += part.Length;
                    destination = destination[part.Length..];
                }

                ArrayPool<ushort>.Shared.Return(halves);
                break;
            default:
                throw Fault(entry.Name, $"holds {entry.Dtype.Name()} and was asked for as floats; read it as integers");
        }
    }

    private void ReadBytes(SafetensorsEntry entry, long start, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, entry.ByteCount - destination.Length);
        _file.Read(_dataStart + entry.Begin + start, destination);
    }

    private int ArrayLength(SafetensorsEntry entry) => entry.Count <= Array.MaxLength
        ? (int)entry.Count
        : throw Fault(entry.Name, $"has {entry.Count} elements, more than an array holds ({Array.MaxLength}); split it");

    private static void RequireLength(SafetensorsEntry entry, int length, string parameter)
    {
        if (length != entry.Count)
        {
            throw new ArgumentException(
                $"Tensor {CheckpointException.Quote(entry.Name)} has {entry.Count} elements, but there is room for {length}.",
                parameter);
        }
    }
}
