using System.Collections.Concurrent;
using MWork.Probes.Evidence;
using MWork.Probes.Subjects;
using MWork.Probes.Tensors;
using MWork.Testing;

namespace MWork.Hypotheses.Harness;

/// <summary>
/// The subjects that every claim is put to: those of <c>fixtures/subjects</c> whose models are in the repository, or the one that the
/// environment variable MWORK_SUBJECT names, which may be a released model. Each is loaded once.
/// </summary>
public static class SubjectCatalog
{
    private const string Variable = "MWORK_SUBJECT";
    private const string Long = "MWORK_LONG";

    /// <summary>What must show a claim, and against which the others are held.</summary>
    private const string Positive = "planted-positive";

    /// <summary>The trained model that every run asks.</summary>
    private const string Trained = "english-pivot";

    private static readonly ConcurrentDictionary<string, Lazy<Subject>> s_loaded = new(StringComparer.Ordinal);

    /// <summary>Whether the run may take hours: MWORK_LONG=1.</summary>
    public static bool IsLong => Environment.GetEnvironmentVariable(Long) == "1";

    /// <summary>Why the subject that was asked for is skipped, in one line; null where it can be run.</summary>
    public static string? Absence => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } own && ReleasedModel.Of(PathOf(own)) is { IsHere: false } absent
        ? absent.Absence
        : null;

    /// <summary>Names of the subjects, which are their files' names or, for one's own, its path.</summary>
    public static TheoryData<string> All => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } own
        ? [own]
        : [.. Directory.EnumerateFiles(Repository.Fixture("subjects"), "*.json").Where(f => ReleasedModel.Of(f) is null).Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    /// <summary>
    /// The subjects that a claim is put to in every run: the planted model that has the mechanism, those that lack it and so must give another verdict,
    /// and one trained model or all. With MWORK_LONG=1 it is put to all subjects.
    /// </summary>
    public static TheoryData<string> For(string claim, bool allTrained = false)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } || IsLong)
        {
            return All;
        }

        Verdict shown = SubjectFile.Load(PathOf(Positive)).Expect[claim];
        return [.. ((IEnumerable<object[]>)All).Select(row => (string)row[0]).Where(name => name is Positive or Trained || Asks(SubjectFile.Load(PathOf(name))))];

        bool Asks(SubjectFile file) => file.Model.Planted is null ? allTrained : file.Expect.TryGetValue(claim, out Verdict verdict) && verdict != shown;
    }

    public static Subject Get(string name) => s_loaded.GetOrAdd(name, _ => new Lazy<Subject>(() => Subject.Load(PathOf(name), Backends.Default))).Value;

    private static string PathOf(string name) =>
        name.EndsWith(".json", StringComparison.Ordinal) ? Path.GetFullPath(name, Repository.Root) : Repository.Fixture("subjects", $"{name}.json");
}
