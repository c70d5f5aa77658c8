using System.IO.MemoryMappedFiles;

namespace MWork.Probes.Models.Checkpoints;

/// <summary>
/// A file mapped for reading, whose pages the system shares between processes and drops when memory is short. A page counts as the
/// process's own only while it is being read. Reads are checked against the file's length and safe from several threads, also against a
/// concurrent <see cref="Dispose"/>.
/// </summary>
/// <remarks>The file must not shrink while it is mapped; replacing it by a rename, as the writer here does, is harmless.</remarks>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _file;

    private MappedFile(MemoryMappedFile file, long length)
    {
        _file = file;
        Length = length;
    }

    public long Length { get; }

    /// <exception cref="CheckpointException">The file is missing, unreadable, or too short.</exception>
    public static MappedFile Open(string path, int atLeast)
    {
        try
        {
            // The length is asked for before opening: opening a pipe would wait for a writer, and its length is 0.
            long length = LengthOf(path);
            if (length < atLeast)
            {
                throw CheckpointException.In(path, $"the file is cut short, with a length of {length} bytes; download it again");
            }

            return new MappedFile(
                MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, capacity: 0, MemoryMappedFileAccess.Read), length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw CheckpointException.In(
                path, $"the file cannot be opened ({e.Message.TrimEnd('.')}); check its path and permissions", e);
        }
    }

    /// <summary>Length of a regular file, through any symbolic links.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static long LengthOf(string path)
    {
        // FileInfo would give the length of a link itself.
        var target = (FileInfo?)File.ResolveLinkTarget(path, returnFinalTarget: true) ?? new FileInfo(path);
        return target.Length;
    }

    /// <summary>Copies bytes from <paramref name="offset"/> on, until <paramref name="destination"/> is full.</summary>
    public void Read(long offset, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - destination.Length);
        if (destination.IsEmpty)
        {
            return;
        }

        // A view of just these bytes: one of the whole file would leave every page that was read in the process's resident set.
        using MemoryMappedViewAccessor view = _file.CreateViewAccessor(offset, destination.Length, MemoryMappedFileAccess.Read);
        byte* start = null;
        try
        {
            view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            new ReadOnlySpan<byte>(start + view.PointerOffset, destination.Length).CopyTo(destination);
        }
        finally
        {
            if (start != null)
            {
                view.SafeMemoryMappedViewHandle.ReleasePointer();
            }
        }
    }

    public void Dispose() => _file.Dispose();
}
