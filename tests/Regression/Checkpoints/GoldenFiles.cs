using MWork.Testing;

namespace MWork.Regression.Checkpoints;

/// <summary>Where the reference values lie in the source tree.</summary>
internal static class GoldenFiles
{
    public static string Model(string family, string file = "") => Path.Combine(Repository.Fixture("golden", "models", family), file);
}
