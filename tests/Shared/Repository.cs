namespace MWork.Testing;

/// <summary>Where the repository lies: the tests read fixtures from it and write evidence into it.</summary>
public static class Repository
{
    private const string RootVariable = "MWORK_ROOT";
    private const string RootMarker = "MWork.Hypotheses.sln";

    // The compiler writes this in place of the root when a build is to be the same on every machine.
    private const string DeterministicRoot = "/_/";

    private static readonly Lazy<string> Found = new(Find);

    /// <summary>The folder that holds the solution file, or what the environment variable MWORK_ROOT says.</summary>
    public static string Root => Found.Value;

    /// <summary>A path under <c>fixtures/</c>, e.g. <c>Fixture("golden", "models", "qwen2")</c>.</summary>
    public static string Fixture(params string[] parts) => Path.Combine([Root, "fixtures", .. parts]);

    /// <summary>A path under <c>artifacts/</c>, whose folder exists afterwards.</summary>
    public static string Artifacts(params string[] parts)
    {
        string path = Path.Combine([Root, "artifacts", .. parts]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    /// <summary>Where a source file lies on this machine, given the path that the compiler recorded for it.</summary>
    public static string SourceFile(string compiledPath) =>
        compiledPath.StartsWith(DeterministicRoot, StringComparison.Ordinal)
            ? Path.Combine(Root, compiledPath[DeterministicRoot.Length..])
            : compiledPath;

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable(RootVariable) is { Length: > 0 } named)
            return Directory.Exists(named)
                ? Path.GetFullPath(named)
                : throw new DirectoryNotFoundException($"{RootVariable} names {named}, which does not exist.");

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, RootMarker)))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException(
            $"No {RootMarker} above {AppContext.BaseDirectory}; set {RootVariable} to the repository's folder.");
    }
}
