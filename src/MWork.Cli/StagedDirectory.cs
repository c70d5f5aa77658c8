namespace MWork.Cli;

/// <summary>
/// A directory that is filled beside the place where it belongs and put there when it is complete: who looks at the place sees
/// nothing, or what was there before, or everything.
/// </summary>
internal sealed class StagedDirectory : IDisposable
{
    private readonly string _destination;

    /// <exception cref="IOException">The destination cannot be written to.</exception>
    public StagedDirectory(string destination)
    {
        _destination = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(destination));
        if (File.Exists(_destination))
        {
            throw new IOException($"{destination}: there is a file of that name; choose another directory.");
        }

        Path = $"{_destination}.{System.IO.Path.GetRandomFileName()}.partial";
        Directory.CreateDirectory(Path);
    }

    /// <summary>Where to write meanwhile.</summary>
    public string Path { get; }

    /// <summary>Puts the directory in its place; where there is one already, its files of other names stay.</summary>
    public void Commit()
    {
        if (!Directory.Exists(_destination))
        {
            Directory.Move(Path, _destination);
            return;
        }

        foreach (string file in Directory.GetFiles(Path))
        {
            File.Move(file, System.IO.Path.Combine(_destination, System.IO.Path.GetFileName(file)), overwrite: true);
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
