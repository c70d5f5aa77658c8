namespace MWork.Probes.Text;

/// <summary>A folder with the text of several languages: for each a file, or a folder with a file per document.</summary>
/// <remarks>
/// A language's code is what its file is named by, or the last part of the name behind a dot or an underscore: <c>fr.txt</c>,
/// <c>newstest2019-ref.fra.txt</c> and <c>train_fr.jsonl</c> hold <c>fr</c>, <c>fra</c> and <c>fr</c>. Other files are passed over.
/// </remarks>
public sealed class TextFolder
{
    private readonly SortedDictionary<string, TextSource> _sources;

    private TextFolder(string path, SortedDictionary<string, TextSource> sources) => (Path, _sources) = (path, sources);

    public string Path { get; }

    /// <summary>Codes, in ordinal order.</summary>
    public IReadOnlyList<string> Languages => [.. _sources.Keys];

    /// <summary>What each language's file holds, by code.</summary>
    public IReadOnlyDictionary<string, TextSource> Sources => _sources;

    /// <summary>One hash for all of it.</summary>
    public string Hash => ContentHash.Combine(_sources.Select(pair => $"{pair.Key}:{pair.Value.Hash}"));

    /// <param name="path">The folder.</param>
    /// <param name="field">Where JSONL and TSV hold the text.</param>
    /// <param name="languages">Which languages to read; all that there are where null.</param>
    /// <param name="malformed">What becomes of malformed rows; strict where null.</param>
    /// <exception cref="TextFormatException">The folder is missing or has no text, a language is missing or comes twice, or a file cannot be read.</exception>
    public static TextFolder Open(
        string path, string field = TextSource.DefaultField, IReadOnlyCollection<string>? languages = null, MalformedRows? malformed = null)
    {
        if (!Directory.Exists(path))
        {
            throw new TextFormatException($"{path} is not a folder; give one with a text file per language, such as en.txt and fr.txt.");
        }

        var paths = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string entry in Directory.GetFileSystemEntries(path).Where(IsText).Order(StringComparer.Ordinal))
        {
            if (!paths.TryAdd(CodeOf(entry), entry))
            {
                throw new TextFormatException($"{path} has text for '{CodeOf(entry)}' twice, in {paths[CodeOf(entry)]} and {entry}; leave one of them.");
            }
        }

        if (paths.Count == 0)
        {
            throw new TextFormatException($"{path} holds no text; put a file there for each language, such as en.txt, fr.jsonl or zh.tsv.");
        }

        string[] asked = [.. languages ?? paths.Keys];
        string? missing = asked.FirstOrDefault(code => !paths.ContainsKey(code));
        return missing is null
            ? new TextFolder(path, new(asked.ToDictionary(code => code, code => TextSource.Open(code, paths[code], field, malformed)), StringComparer.Ordinal))
            : throw new TextFormatException($"{path} holds no text for '{missing}'; it has {string.Join(", ", paths.Keys)}.");
    }

    /// <summary>What a language's file holds.</summary>
    /// <exception cref="ArgumentException">There is no such language here.</exception>
    public TextSource this[string language] => _sources.TryGetValue(language, out TextSource? source)
        ? source
        : throw new ArgumentException($"There is no text for '{language}' in {Path}; it has {string.Join(", ", Languages)}.", nameof(language));

    /// <summary>A language's documents.</summary>
    /// <exception cref="ArgumentException">There is no such language here.</exception>
    public IReadOnlyList<TextDocument> Documents(string language) => this[language].Documents;

    /// <summary>The code that a file is named by.</summary>
    public static string CodeOf(string path)
    {
        string name = Directory.Exists(path) ? System.IO.Path.GetFileName(path) : System.IO.Path.GetFileNameWithoutExtension(path);
        return name[(name.LastIndexOfAny(['.', '_']) + 1)..];
    }

    private static bool IsText(string path) => !System.IO.Path.GetFileName(path).StartsWith('.') && (Directory.Exists(path)
        ? Directory.EnumerateFiles(path, "*.txt").Any()
        : TextSource.Endings.Contains(System.IO.Path.GetExtension(path), StringComparer.Ordinal));
}
