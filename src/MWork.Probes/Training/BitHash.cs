using System.Buffers.Binary;
using System.Security.Cryptography;
using MWork.Probes.Tensors;

namespace MWork.Probes.Training;

/// <summary>SHA-256 over the bits of numbers, little-endian on every machine. All NaNs count as one: their payload says how a
/// machine makes a NaN, not what was computed.</summary>
internal sealed class BitHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Add(Tensor tensor)
    {
        Add(tensor.Shape);
        foreach (float value in tensor.ToArray())
        {
            Add(value);
        }
    }

    public void Add(ReadOnlySpan<int> values)
    {
        Add(values.Length);
        foreach (int value in values)
        {
            Add(value);
        }
    }

    public void Add(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        _hash.AppendData(bytes);
    }

    public void Add(ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        _hash.AppendData(bytes);
    }

    public void Add(float value) => Add(BitConverter.SingleToInt32Bits(float.IsNaN(value) ? float.NaN : value));

    public void Add(double value) => Add(BitConverter.DoubleToUInt64Bits(double.IsNaN(value) ? double.NaN : value));

    public void Add(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            Add((int)c);
        }
    }

    /// <summary>The hash of what was added, in lower-case hexadecimal; starts anew.</summary>
    public string Finish() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();
}
