using System.Collections.Concurrent;
using MWork.Probes.Tensors;
using MWork.Probes.Tensors.Managed;

namespace MWork.Regression.Conformance;

/// <summary>The backends of this build, each made once, and the one that they are held against.</summary>
internal static class BuiltIn
{
    private static readonly ConcurrentDictionary<string, Lazy<IBackend>> s_made = new(StringComparer.Ordinal);

    /// <summary>One thread: the managed backend with several must give the same bits.</summary>
    public static IBackend Reference { get; } = new ManagedBackend(1);

    public static IBackend Get(string name) => s_made.GetOrAdd(name, _ => new Lazy<IBackend>(() => Backends.Create(name, threads: 3))).Value;

    /// <summary>Every case, on every backend.</summary>
    public static TheoryData<string, T> With<T>(IEnumerable<T> cases)
    {
        var rows = new TheoryData<string, T>();
        foreach (T each in cases)
        {
            foreach (string backend in Backends.BuiltIn)
            {
                rows.Add(backend, each);
            }
        }

        return rows;
    }

    /// <summary>Whether products with weights of 16 bits are taken in 16 bits.</summary>
    public static bool IsGpu(this IBackend backend) => backend.Settings.TryGetValue("device", out string? device) && device.Contains("cuda", StringComparison.Ordinal);
}
