using System.Buffers.Binary;

namespace MWork.Probes.Models.Checkpoints;

/// <summary>
/// A safetensors file, mapped into memory and read tensor by tensor: header length (u64, little-endian), JSON header, data.
/// Everything the header says is checked on <see cref="Open"/>; a read then cannot fail but for a wrong name or type.
/// Reads may run on several threads.
/// </summary>
/// <remarks>Format: huggingface/safetensors, README section "Format", and its tensor.rs for what the prose leaves open.</remarks>
public sealed partial class SafetensorsFile : IDisposable
{
    private const int LengthBytes = sizeof(ulong);

    // The limit of the reference implementation.
    private const int MaxHeaderLength = 100_000_000;

    private readonly MappedFile _file;
    private readonly long _dataStart;

    private SafetensorsFile(
        string path, MappedFile file, long dataStart, IReadOnlyDictionary<string, string> metadata,
        IReadOnlyDictionary<string, SafetensorsEntry> tensors)
    {
        Path = path;
        _file = file;
        _dataStart = dataStart;
        Metadata = metadata;
        Tensors = tensors;
    }

    /// <summary>How the text file begins that Git leaves in place of a large one (as long as a header length).</summary>
    private static ReadOnlySpan<byte> LfsPointer => "version "u8;

    public string Path { get; }

    /// <summary>The texts under <c>__metadata__</c>; empty where the file has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Tensors by name.</summary>
    public IReadOnlyDictionary<string, SafetensorsEntry> Tensors { get; }

    /// <exception cref="CheckpointException">The file is missing or is not a sound safetensors file.</exception>
    public static SafetensorsFile Open(string path)
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Safetensors files are read on little-endian machines only.");
        }

        MappedFile file = MappedFile.Open(path, LengthBytes);
        try
        {
            byte[] json = ReadHeader(path, file);
            (Dictionary<string, string> metadata, Dictionary<string, SafetensorsEntry> tensors) = SafetensorsHeader.Parse(json, path);
            long dataStart = LengthBytes + json.Length;
            SafetensorsLayout.Check(path, tensors.Values, file.Length - dataStart);
            return new SafetensorsFile(path, file, dataStart, metadata, tensors);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <exception cref="CheckpointException">There is no such tensor.</exception>
    public SafetensorsEntry Entry(string name) => Tensors.TryGetValue(name, out SafetensorsEntry? entry)
        ? entry
        : throw Fault(name, "is not in the file; ask for one of the names it lists");

    public void Dispose() => _file.Dispose();

    private static byte[] ReadHeader(string path, MappedFile file)
    {
        Span<byte> first = stackalloc byte[LengthBytes];
        file.Read(0, first);
        if (first.SequenceEqual(LfsPointer))
        {
            throw CheckpointException.In(
                path, "the file is a Git LFS pointer, not the weights; run 'git lfs pull' where it was cloned");
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(first);
        if (length > MaxHeaderLength)
        {
            throw CheckpointException.In(
                path,
                $"the header length {length} is above the limit of {MaxHeaderLength} bytes," +
                " so this is not a safetensors file or it is corrupt; download it again");
        }

        if ((long)length > file.Length - LengthBytes)
        {
            throw CheckpointException.In(
                path,
                $"the file is cut short: its header has {length} bytes, but only {file.Length - LengthBytes}" +
                " follow the header length; download it again");
        }

        byte[] json = new byte[length];
        file.Read(LengthBytes, json);
        return json;
    }

    private CheckpointException Fault(string tensor, string what) =>
        CheckpointException.InTensor(Path, tensor, what);
}
