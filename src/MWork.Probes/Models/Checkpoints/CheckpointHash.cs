using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MWork.Probes.Models.Checkpoints;

/// <summary>
/// The content hash of a checkpoint: SHA-256 over, for each tensor in UTF-8 order of names, the name, the dtype as a header spells
/// it, the rank and the sizes, and the bytes. Texts and bytes are preceded by their length; all numbers are 64-bit little-endian, so
/// that no two lists of tensors read alike.
/// </summary>
internal static class CheckpointHash
{
    private const int ChunkBytes = 1 << 18;

    public static string Compute(Checkpoint checkpoint, IProgress<(long Done, long Total)>? progress)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] chunk = new byte[ChunkBytes];
        long total = checkpoint.Names.Sum(name => checkpoint.Entry(name).ByteCount);
        long done = 0;
        foreach (string name in checkpoint.Names)
        {
            SafetensorsEntry entry = checkpoint.Entry(name);
            Append(hash, name);
            Append(hash, entry.Dtype.Name());
            Append(hash, entry.Shape.Length);
            foreach (int size in entry.Shape)
            {
                Append(hash, size);
            }

            Append(hash, entry.ByteCount);
            SafetensorsFile file = checkpoint.FileOf(name);
            for (long start = 0; start < entry.ByteCount; start += ChunkBytes)
            {
                Span<byte> part = chunk.AsSpan(0, (int)Math.Min(ChunkBytes, entry.ByteCount - start));
                file.ReadBytes(name, start, part);
                hash.AppendData(part);
            }

            done += entry.ByteCount;
            progress?.Report((done, total));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Append(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Append(IncrementalHash hash, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        hash.AppendData(bytes);
    }
}
