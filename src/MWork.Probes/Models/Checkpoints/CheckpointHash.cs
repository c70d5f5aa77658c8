using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MWork.Probes.Models.Checkpoints;

/// <summary>
/// The content hash of a checkpoint: SHA-256 over, for each tensor in UTF-8 order of names, the name, the dtype as a header spells
/// it, the rank and the sizes, and the bytes. Texts and bytes are preceded by their length; all numbers are 64-bit little-endian, so
/// that no two lists of tensors read alike.
/// </summary>
internal sealed class CheckpointHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Goes on to the next tensor; its bytes follow.</summary>
    public void Begin(SafetensorsEntry tensor)
    {
        Append(tensor.Name);
        Append(tensor.Dtype.Name());
        Append(tensor.Shape.Length);
        foreach (int size in tensor.Shape)
        {
            Append(size);
        }

        Append(tensor.ByteCount);
    }

    /// <summary>The next bytes of the tensor.</summary>
    public void Append(ReadOnlySpan<byte> bytes) => _hash.AppendData(bytes);

    /// <summary>The hash in lower-case hexadecimal.</summary>
    public string Finish() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();

    private void Append(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Append(bytes.Length);
        _hash.AppendData(bytes);
    }

    private void Append(long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        _hash.AppendData(bytes);
    }
}
