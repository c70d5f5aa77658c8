using System.IO.MemoryMappedFiles;

namespace MWork.Probes.Models.Checkpoints;

/// <summary>
/// A file mapped for reading, whose pages the system shares between processes and drops when memory is short. Reads are checked
/// against its length and safe from several threads, also against a concurrent <see cref="Dispose"/>.
/// </summary>
/// <remarks>The file must not shrink while it is mapped; replacing it by a rename, as the writer here does, is harmless.</remarks>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    private MappedFile(MemoryMappedFile file, MemoryMappedViewAccessor view, long length)
    {
        _file = file;
        _view = view;
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

            var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, capacity: 0, MemoryMappedFileAccess.Read);
            try
            {
                MemoryMappedViewAccessor view = file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
                return new MappedFile(file, view, length);
            }
            catch
            {
                file.Dispose();
                throw;
            }
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
        byte* start = null;
        try
        {
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            new ReadOnlySpan<byte>(start + _view.PointerOffset + offset, destination.Length).CopyTo(destination);
        }
        finally
        {
            if (start != null)
            {
                _view.SafeMemoryMappedViewHandle.ReleasePointer();
            }
        }
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
