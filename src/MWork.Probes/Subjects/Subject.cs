using MWork.Probes.Evidence;
using MWork.Probes.Lenses;
using MWork.Probes.Models;
using MWork.Probes.Models.Checkpoints;
using MWork.Probes.Subjects.Planted;
using MWork.Probes.Subjects.SmallWorld;
using MWork.Probes.Tensors;
using MWork.Probes.Text;
using MWork.Probes.Tokenizers;

namespace MWork.Probes.Subjects;

/// <summary>A model with its languages, text, zones and the verdicts expected of it: what a claim is put to.</summary>
public sealed class Subject : IDisposable
{
    private readonly SubjectFile _file;

    private Subject(SubjectFile file, ISubjectText text, LanguageModel model, IReadOnlyList<PlantedNeuron> planted, Language? pivot = null)
    {
        _file = file;
        Text = text;
        Model = model;
        Planted = planted;
        Pivot = pivot ?? text.Languages.Single(language => language.Code == file.Pivot);
    }

    public string Name => _file.Name;

    public string About => _file.About;

    public LanguageModel Model { get; }

    /// <summary>Its text and tasks.</summary>
    public ISubjectText Text { get; }

    /// <summary>The small world, for what only that can be asked.</summary>
    /// <exception cref="MissingTextException">The subject's text comes from files.</exception>
    public World World => (Text as WorldText)?.World
        ?? throw new MissingTextException("it asks facts of the small world, and this subject's text comes from files");

    /// <summary>All languages, the pivot among them.</summary>
    public IReadOnlyList<Language> Languages => Text.Languages;

    public Language Pivot { get; }

    /// <summary>The languages that claims average over.</summary>
    public IEnumerable<Language> NonPivot => Languages.Where(language => language != Pivot);

    public Zones Zones => _file.Zones;

    /// <summary>Where its file says that the model comes from.</summary>
    internal ModelSource Source => _file.Model;

    /// <summary>Which language each token of the model bears.</summary>
    public TokenLanguages Tokens
    {
        get => field ?? Text.Tokens;
        private init;
    }

    /// <summary>The neurons that the construction put there; empty for a model that was trained.</summary>
    public IReadOnlyList<PlantedNeuron> Planted { get; }

    public int Layers => Model.Decoder.Config.Layers;

    /// <summary>Loads a subject's file and what it names.</summary>
    /// <param name="path">The subject's file.</param>
    /// <param name="ops">Where the model lives.</param>
    /// <param name="tokenizer">Takes the place of the one in the checkpoint's directory; a planted model brings its own.</param>
    /// <param name="progress">Told how far the weights have been read.</param>
    /// <param name="precision">How weights are kept; <see cref="ModelDirectory.DefaultPrecision"/> where it is null.</param>
    /// <exception cref="SubjectException">The file, or something in it, cannot be used.</exception>
    public static Subject Load(
        string path, ITensorOps ops, ITokenizer? tokenizer = null, IProgress<LoadProgress>? progress = null, WeightPrecision? precision = null)
    {
        SubjectFile file = SubjectFile.Load(path);
        string directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Subject subject = file.World is null ? OfFiles() : OfWorld();
        return subject.Zones.Solving(subject.Layers).Count > 0
            ? subject
            : throw new SubjectException($"{path}: field 'zones' leaves no task-solving layer in a model of {subject.Layers} layers.");

        LanguageModel Checkpoint() => ModelDirectory.Load(Path.Combine(directory, file.Model.Checkpoint!), ops, progress, precision, tokenizer);

        Subject OfFiles()
        {
            LanguageModel model = Checkpoint();
            return new Subject(file, FileText.Load(path, file, model.Tokenizer), model, []);
        }

        Subject OfWorld()
        {
            var world = World.Load(Path.Combine(directory, file.World));
            string? unknown = file.Languages.FirstOrDefault(code => !world.Languages.Any(language => language.Code == code));
            if (unknown is not null)
            {
                throw new SubjectException($"{path}: field 'languages' names '{unknown}', which {file.World} does not have.");
            }

            (LanguageModel model, IReadOnlyList<PlantedNeuron> planted) = file.Model.Planted is { } design
                ? PlantedSubject.Build(world, file.Languages, design, ops)
                : (Checkpoint(), []);
            return new Subject(file, new WorldText(world, model.Tokenizer, file.Languages), model, planted);
        }
    }

    /// <summary>The verdict a claim must give here; Measured, or what is said, where the file names none.</summary>
    public Verdict Expected(string claim, Verdict otherwise = Verdict.Measured) => _file.Expect.GetValueOrDefault(claim, otherwise);

    /// <summary>Why another verdict is expected than the paper would lead one to; null where the file does not say.</summary>
    public string? Why(string claim) => _file.Why.GetValueOrDefault(claim);

    /// <summary>What the report has to know of it.</summary>
    public Setting Describe() => new(
        About,
        Layers,
        Zones.SolvingFrom,
        Zones.SolvingTo(Layers),
        Zones.Source,
        Pivot.Code,
        Tokens.ChanceShare(Tokens.IndexOf(Pivot.Code)),
        [.. Languages.Select(language => new SettingLanguage(language.Code, language.Name, language.OwnName.Replace('_', ' ')))]);

    /// <summary>Token ids of a prompt, special tokens included.</summary>
    public int[] Encode(Prompt prompt) => Model.Tokenizer.Encode(prompt.Text);

    /// <summary>The same model with its vocabulary's labels of two languages exchanged: a control that results must notice.</summary>
    public Subject WithLabelsSwapped(Language first, Language second) => new(_file, Text, Model, Planted)
    {
        Tokens = Tokens.Swap(Tokens.IndexOf(first.Code), Tokens.IndexOf(second.Code)),
    };

    /// <summary>The same model held to another pivot: a control that results must notice.</summary>
    public Subject WithPivot(Language pivot) => new(_file, Text, Model, Planted, pivot) { Tokens = Tokens };

    /// <summary>The same model with other zones: a control that results must notice.</summary>
    public Subject WithZones(int understanding, int generation) =>
        new(_file with { Zones = new Zones(understanding, generation, "moved") }, Text, Model, Planted, Pivot) { Tokens = Tokens };

    /// <summary>Another model in this one's place, of the same vocabulary: a control that results must notice.</summary>
    public Subject WithModel(LanguageModel model) => new(_file, Text, model, Planted, Pivot) { Tokens = Tokens };

    /// <summary>The same architecture with weights as drawn: what its results must beat.</summary>
    public LanguageModel Untrained(ulong seed) => Model with
    {
        Decoder = new Decoder(Model.Decoder.Config, Initialization.Random(Model.Ops, Model.Decoder.Config, seed)),
        Hash = $"untrained, seed {seed}",
    };

    public void Dispose() => Model.Dispose();
}
