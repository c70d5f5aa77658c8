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

    /// <exception cref="CheckpointException">The elements are integers.</exception>
    internal void RequireFloat(SafetensorsEntry tensor)
    {
        if (!tensor.Dtype.IsFloat())
        {
            throw Fault(tensor.Name, $"holds {tensor.Dtype.Name()} and was asked for as floats; read it as integers");
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

    private void ReadFloat32(SafetensorsEntry entry, long start, Span<float> destination)
    {
        RequireFloat(entry);
        ScalarType type = entry.Dtype.ScalarType();
        byte[] bytes = ArrayPool<byte>.Shared.Rent(ChunkLength * type.Size());
        while (!destination.IsEmpty)
        {
            int length = Math.Min(ChunkLength, destination.Length);
            Span<byte> part = bytes.AsSpan(0, length * type.Size());
            ReadBytes(entry, start * type.Size(), part);
            HalfPrecision.Widen(type, part, destination);
            start += length;
            destination = destination[length..];
        }

        ArrayPool<byte>.Shared.Return(bytes);
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
