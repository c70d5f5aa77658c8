using MWork.Probes.Interventions;
using MWork.Probes.Neurons;
using MWork.Probes.Subjects;
using MWork.Probes.Subjects.Planted;
using MWork.Probes.Tasks;
using MWork.Probes.Tensors.Managed;
using MWork.Probes.Text;
using MWork.Testing;

namespace MWork.Regression.Subjects;

/// <summary>The planted models of <c>fixtures/subjects</c>, each built once, and what is asked of them.</summary>
public sealed class PlantedModels : IDisposable
{
    private const int Facts = 30;

    private readonly Dictionary<string, Subject> _loaded = [];

    public Subject this[string name] => _loaded.TryGetValue(name, out Subject? subject)
        ? subject
        : _loaded[name] = Subject.Load(Repository.Fixture("subjects", $"{name}.json"), ManagedBackend.Shared);

    public void Dispose()
    {
        foreach (Subject subject in _loaded.Values)
        {
            subject.Dispose();
        }
    }

    public static NeuronSet NeuronsOf(Subject subject, Func<PlantedNeuron, bool> which) =>
        new(subject.Planted.Where(which).Select(planted => planted.Neuron));

    public static Prompt[] SharedFacts(Subject subject, string language) =>
        [.. subject.World.TestPrompts(subject.World.Language(language)).Take(Facts)];

    public static Prompt[] Reasoning(Subject subject, string language) =>
        [.. subject.World.ReasoningPrompts(subject.World.Language(language)).Where((_, i) => i % 10 == 0)];

    /// <summary>Facts that one language holds, asked in that language or in another.</summary>
    public static Prompt[] OwnFacts(Subject subject, string language, string? askedIn = null) =>
        [.. subject.World.TestPrompts(subject.World.Language(askedIn ?? language), language).Take(Facts)];

    public static double Accuracy(Subject subject, IReadOnlyList<Prompt> prompts, NeuronSet? off = null) =>
        CandidateScores.Measure(subject.Model, prompts, Without(off)).Average(score => score.IsRight ? 1.0 : 0);

    /// <summary>Mean loss of log-odds without these neurons.</summary>
    public static double Drop(Subject subject, IReadOnlyList<Prompt> prompts, NeuronSet off) =>
        LogOdds(subject, prompts) - LogOdds(subject, prompts, off);

    public static double LogOdds(Subject subject, IReadOnlyList<Prompt> prompts, NeuronSet? off = null) =>
        CandidateScores.Measure(subject.Model, prompts, Without(off)).Average(score => score.LogOdds);

    /// <summary>Share of prompts whose highest token is a word of the language.</summary>
    public static double Fidelity(Subject subject, IReadOnlyList<Prompt> prompts, string language, NeuronSet? off = null)
    {
        int expected = subject.Tokens.IndexOf(language);
        return CandidateScores.Measure(subject.Model, prompts, Without(off))
            .Average(score => subject.Tokens[score.TopToken] == expected ? 1.0 : 0);
    }

    private static SitePlan? Without(NeuronSet? off) => off is null ? null : SitePlan.None.Zero(off);
}
