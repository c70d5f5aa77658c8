using MWork.Probes.Lenses;
using MWork.Probes.Models;
using MWork.Probes.Models.Checkpoints;
using MWork.Probes.Tensors;
using MWork.Probes.Text;

namespace MWork.Probes.Subjects;

/// <summary>A model to look into, with as much as is known of it: a subject with its small world, a subject with text of its own, or a
/// checkpoint that no file describes.</summary>
public sealed class Studied : IDisposable
{
    private Studied(string name, LanguageModel model, TokenLanguages tokens)
    {
        Name = name;
        Model = model;
        Tokens = tokens;
    }

    public string Name { get; }

    public LanguageModel Model { get; }

    /// <summary>The directory that its weights were read from; null for a planted model.</summary>
    public string? Checkpoint { get; private init; }

    /// <summary>Which language each token bears; where nobody has declared that, which script.</summary>
    public TokenLanguages Tokens { get; }

    /// <summary>The subject; null for a checkpoint that no file describes.</summary>
    public Subject? Subject { get; private init; }

    /// <summary>The subject's own text, by code; null where it has none.</summary>
    public IReadOnlyDictionary<string, TextSource>? Text => (Subject?.Text as FileText)?.Selection;

    /// <summary>Whether its words are the small world's.</summary>
    public bool IsOfWorld => Subject?.Text is WorldText;

    /// <summary>The language held to be central; null for a checkpoint that no file describes.</summary>
    public string? Pivot => Subject?.Pivot.Code;

    public Zones? Zones => Subject?.Zones;

    /// <summary>Loads a model.</summary>
    /// <param name="name">A subject's file (<c>*.json</c>), a checkpoint's directory, or the name of a file in <paramref name="subjects"/>.</param>
    /// <param name="subjects">Folder of subjects; null where there is none.</param>
    /// <param name="progress">Told how far the weights have been read.</param>
    /// <param name="precision">How weights are kept; <see cref="ModelDirectory.DefaultPrecision"/> where it is null.</param>
    /// <exception cref="SubjectException">There is nothing of that name, or the subject's file cannot be used.</exception>
    /// <exception cref="CheckpointException">The checkpoint cannot be used.</exception>
    public static Studied Load(
        string name, string? subjects, ITensorOps ops, IProgress<LoadProgress>? progress = null, WeightPrecision? precision = null)
    {
        // A directory that happens to have a subject's name, such as that of a run, does not hide the subject.
        if (Directory.Exists(name) && (File.Exists(Path.Combine(name, ModelDirectory.ConfigName)) || !File.Exists(PathOf(name, subjects))))
        {
            LanguageModel model = ModelDirectory.Load(name, ops, progress, precision);
            return new Studied(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(name))), model, TokenScripts.Of(model.Tokenizer)) { Checkpoint = name };
        }

        string path = name.EndsWith(".json", StringComparison.Ordinal) ? name : Named(name, subjects);
        var subject = Subject.Load(path, ops, progress: progress, precision: precision);
        return new Studied(subject.Name, subject.Model, subject.Tokens)
        {
            Subject = subject,
            Checkpoint = subject.Source.Checkpoint is { } checkpoint ? Path.GetFullPath(checkpoint, Path.GetDirectoryName(Path.GetFullPath(path))!) : null,
        };
    }

    /// <summary>Token ids of a prompt, special tokens included.</summary>
    /// <exception cref="ArgumentException">It is empty, longer than the model's positions, or holds a word that the model does not know.</exception>
    public int[] Encode(string prompt)
    {
        if (string.IsNullOrWhiteSpace(prompt))
        {
            throw new ArgumentException("The prompt is empty; there must be a word to look at.");
        }

        string[] unknown = Model.Tokenizer.UnknownId is { } id
            ? [.. prompt.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(word => Model.Tokenizer.Encode(word, addSpecialTokens: false).Contains(id))]
            : [];
        if (unknown.Length > 0)
        {
            string words = !IsOfWorld ? "" : " (fixtures/world has them: templates.tsv and words.tsv)";
            throw new ArgumentException($"{Name} does not know '{string.Join("', '", unknown)}'; use words of its vocabulary{words}.");
        }

        int[] ids = Model.Tokenizer.Encode(prompt);
        int positions = Model.Decoder.Config.MaxPositions;
        return ids.Length <= positions
            ? ids
            : throw new ArgumentException($"The prompt has {ids.Length} tokens, but the model has {positions} positions; shorten it.");
    }

    /// <summary>The id of a word that is one token of the model, as an answer is.</summary>
    /// <exception cref="ArgumentException">It is not one token.</exception>
    public int TokenOf(string word) => Model.Tokenizer.TokenToId(word)
        ?? (Model.Tokenizer.Encode(word, addSpecialTokens: false) is [var only] && only != Model.Tokenizer.UnknownId
            ? only
            : throw new ArgumentException($"'{word}' is not one token of {Name}; name an answer that is."));

    /// <summary>A token as a reader sees it; as the vocabulary spells it where that is nothing.</summary>
    public string Spell(int id) => Model.Tokenizer.Decode([id], skipSpecialTokens: false).Trim() is { Length: > 0 } text
        ? text
        : Model.Tokenizer.IdToToken(id) ?? $"[{id}]";

    public void Dispose() => Model.Dispose();

    private static string PathOf(string name, string? subjects) => subjects is null ? "" : Path.Combine(subjects, $"{name}.json");

    private static string Named(string name, string? subjects)
    {
        string path = PathOf(name, subjects);
        if (File.Exists(path))
        {
            return path;
        }

        string known = subjects is null
            ? "the folder fixtures/subjects is not here"
            : $"there are {string.Join(", ", Directory.GetFiles(subjects, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal))}";
        throw new SubjectException($"'{name}' is no checkpoint directory, no subject's file and no subject's name; {known}.");
    }
}
