namespace MWork.Cli;

/// <summary>Where the embedded subjects lie: in the repository around the current directory, or beside a tool that was installed.</summary>
internal static class Fixtures
{
    private const string RootMarker = "MWork.Hypotheses.sln";
    private const string FolderName = "fixtures";

    /// <summary>The repository's folder, or null where the current directory lies in none.</summary>
    public static string? Repository
    {
        get
        {
            for (DirectoryInfo? folder = new(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, RootMarker)))
                {
                    return folder.FullName;
                }
            }

            return null;
        }
    }

    /// <summary>The folder <c>fixtures</c>, or null where there is none.</summary>
    public static string? Folder => new[] { Repository, AppContext.BaseDirectory }
        .OfType<string>().Select(root => Path.Combine(root, FolderName)).FirstOrDefault(Directory.Exists);

    /// <summary>The folder of embedded subjects, or null where there is none.</summary>
    public static string? Subjects => Existing("subjects");

    /// <summary>The small world; where there is none, where it lies in the repository.</summary>
    public static string World => Existing("world") ?? Path.Combine(FolderName, "world");

    private static string? Existing(string name) =>
        Folder is { } folder && Path.Combine(folder, name) is var path && Directory.Exists(path) ? path : null;
}
