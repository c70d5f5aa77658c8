using System.Collections.Concurrent;
using MWork.Probes.Neurons;
using MWork.Probes.Subjects;
using MWork.Probes.Tensors.Managed;
using MWork.Probes.Text;
using MWork.Testing;

namespace MWork.Regression.Snapshots;

/// <summary>
/// The language-specific FFN neurons of an embedded subject by every detector, from the same text. A model is measured once, for all tests and all subjects
/// that share it. Attention is left out: its neurons cost ten times as much to find.
/// </summary>
internal sealed class SubjectNeurons
{
    public const string Described = "PLND as described";
    public const string Released = "PLND as released";
    public const string LapeName = "LAPE";
    public const string AveragePrecisionName = "average precision";

    // As many documents as claims select by, half as long to be quick: what is pinned is what code and weights give, not what is true of the model.
    private const int Documents = 24;
    private const int TokensPerDocument = 32;
    private const ulong Seed = 20240229;

    // Kojima et al. name a number of neurons, not a share; a language's own are 4 % of the planted model's.
    private const double AveragePrecisionShare = 0.05;

    private static readonly ConcurrentDictionary<string, Lazy<SubjectNeurons>> s_found = new();
    private static readonly ConcurrentDictionary<string, Lazy<Measured>> s_measured = new();

    private readonly Measured _measured;

    private SubjectNeurons(Subject subject)
    {
        Name = subject.Name;
        Pivot = subject.Pivot.Code;
        Layers = subject.Layers;
        Languages = [.. subject.Languages.Select(language => language.Code)];
        _measured = s_measured.GetOrAdd(subject.Model.Hash, _ => new Lazy<Measured>(() => Measured.Of(subject))).Value;
        Planted = Languages.ToDictionary(language => language, language => new NeuronSet(subject.Planted
            .Where(planted => planted.IsLanguageSpecific && planted.Language == language && planted.Matrix == NeuronMatrix.Ffn)
            .Select(planted => planted.Neuron)));
        Detectors = new Dictionary<string, IReadOnlyDictionary<string, NeuronSet>>
        {
            [Described] = Specific(_measured.Described),
            [Released] = Specific(_measured.Released),
            [LapeName] = _measured.Lape.Select(),
            [AveragePrecisionName] = HighestPrecision(_ => (int)Math.Round(AveragePrecisionShare * Neurons)),
        };
    }

    /// <summary>The names of all files in <c>fixtures/subjects</c> whose models are in the repository.</summary>
    public static IEnumerable<string> Names => Directory.EnumerateFiles(Repository.Fixture("subjects"), "*.json")
        .Where(file => ReleasedModel.Of(file) is null)
        .Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);

    public string Name { get; }

    public string Pivot { get; }

    public int Layers { get; }

    public IReadOnlyList<string> Languages { get; }

    /// <summary>FFN neurons of all layers.</summary>
    public int Neurons => _measured.Lape.Layout.Count;

    /// <summary>What every detector selects for each language, with the settings of its paper where the paper has any.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, NeuronSet>> Detectors { get; }

    /// <summary>Each language's own neurons by construction; empty for a model that was trained.</summary>
    public IReadOnlyDictionary<string, NeuronSet> Planted { get; }

    public string Text => $"{Documents} documents of {TokensPerDocument} tokens per language";

    public static SubjectNeurons Of(string subject) => s_found.GetOrAdd(subject, name => new Lazy<SubjectNeurons>(() =>
    {
        using Subject loaded = Subject.Load(Repository.Fixture("subjects", $"{name}.json"), ManagedBackend.Shared);
        return new SubjectNeurons(loaded);
    })).Value;

    /// <summary>LAPE told what share of all neurons to keep.</summary>
    public IReadOnlyDictionary<string, NeuronSet> LapeKeeping(double share) => _measured.Lape.Select(new LapeOptions(KeptShare: share));

    /// <summary>Average precision told how many neurons each language has.</summary>
    public IReadOnlyDictionary<string, NeuronSet> HighestPrecision(Func<string, int> count) => Languages.ToDictionary(
        language => language, language => AveragePrecision.Select(_measured.Activations, language, count(language)));

    private Dictionary<string, NeuronSet> Specific(ConsistentNeurons consistent) =>
        Languages.ToDictionary(language => language, language => consistent.Specific(language, Pivot));

    private sealed record Measured(ConsistentNeurons Described, ConsistentNeurons Released, LapeCounts Lape, TextActivations Activations)
    {
        public static Measured Of(Subject subject)
        {
            Document[] documents =
                [.. subject.Languages.SelectMany(language => subject.World.Documents(language, Documents, TokensPerDocument, Seed))];
            var described = new PlndOptions { Matrices = [NeuronMatrix.Ffn] };
            PlndOptions released = described with
            {
                Oddities = ReleasedOddities.Released(TopCount.Readme.For(subject.Model.Decoder.Config)),
            };
            return new Measured(
                Plnd.Measure(subject.Model, documents, described).Consistent(),
                Plnd.Measure(subject.Model, documents, released).Consistent(),
                Probes.Neurons.Lape.Measure(subject.Model, documents),
                TextActivations.Measure(subject.Model, documents));
        }
    }
}
