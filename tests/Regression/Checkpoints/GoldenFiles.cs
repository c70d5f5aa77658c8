using System.Runtime.CompilerServices;

namespace MWork.Regression.Checkpoints;

/// <summary>Where the reference values lie in the source tree.</summary>
internal static class GoldenFiles
{
    public static string Model(string family, string file = "") => Path.Combine(Root(), "models", family, file);

    private static string Root([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "fixtures", "golden"));
}
