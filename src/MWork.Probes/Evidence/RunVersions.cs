using System.Reflection;
using System.Runtime.InteropServices;

namespace MWork.Probes.Evidence;

/// <summary>What the run ran on.</summary>
/// <param name="Architecture">Of the process, e.g. "X64".</param>
/// <param name="Backend">E.g. "managed".</param>
/// <param name="BackendSettings">What could change a bit: threads, vector width, device, precision.</param>
public sealed record RunVersions(
    string Library, string Runtime, string OperatingSystem, string Architecture, string Backend,
    SortedDictionary<string, string> BackendSettings)
{
    private static string Informational =>
        typeof(RunVersions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>The commit that the library was built from, if the build or the CI machine knew it; else null.</summary>
    public static string? Commit =>
        Informational.Split('+') is [_, { Length: > 0 } commit] ? commit : Environment.GetEnvironmentVariable("GITHUB_SHA");

    /// <summary>Those of this process.</summary>
    public static RunVersions Current(string backend, IEnumerable<KeyValuePair<string, string>>? settings = null)
    {
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string value) in settings ?? [])
            sorted.Add(name, value);
        return new RunVersions(
            Informational.Split('+')[0],
            RuntimeInformation.FrameworkDescription,
            RuntimeInformation.OSDescription,
            RuntimeInformation.ProcessArchitecture.ToString(),
            backend,
            sorted);
    }
}
