using System.Collections.Concurrent;
using MWork.Probes.Subjects;
using MWork.Probes.Tensors.Managed;
using MWork.Testing;

namespace MWork.Hypotheses.Harness;

/// <summary>
/// The subjects that every claim is put to: those of <c>fixtures/subjects</c>, or the one that the environment variable
/// MWORK_SUBJECT names. Each is loaded once.
/// </summary>
public static class SubjectCatalog
{
    private const string Variable = "MWORK_SUBJECT";

    private static readonly ConcurrentDictionary<string, Lazy<Subject>> s_loaded = new(StringComparer.Ordinal);

    /// <summary>Names of the subjects, which are their files' names or, for one's own, its path.</summary>
    public static TheoryData<string> All => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } own
        ? [own]
        : [.. Directory.EnumerateFiles(Repository.Fixture("subjects"), "*.json").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    public static Subject Get(string name) => s_loaded.GetOrAdd(name, _ => new Lazy<Subject>(() => Subject.Load(PathOf(name), ManagedBackend.Shared))).Value;

    private static string PathOf(string name) =>
        name.EndsWith(".json", StringComparison.Ordinal) ? Path.GetFullPath(name, Repository.Root) : Repository.Fixture("subjects", $"{name}.json");
}
