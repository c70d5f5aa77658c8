using System.Text.Json;
using System.Text.Json.Serialization;
using MWork.Probes.Text;

namespace MWork.Probes.Subjects;

/// <summary>Paths by language, relative to the subject's file: one with <c>{language}</c> in place of the code, or one for each code.</summary>
[JsonConverter(typeof(Reader))]
public sealed class LanguagePaths
{
    private const string Placeholder = "{language}";
    private readonly string? _pattern;
    private readonly IReadOnlyDictionary<string, string> _paths = new Dictionary<string, string>();

    public LanguagePaths(string pattern) => _pattern = pattern;

    public LanguagePaths(IReadOnlyDictionary<string, string> paths) => _paths = paths;

    /// <summary>The path for a language, or null where none is named.</summary>
    public string? this[string language] => _pattern is null
        ? _paths.GetValueOrDefault(language)
        : _pattern.Contains(Placeholder, StringComparison.Ordinal) ? _pattern.Replace(Placeholder, language, StringComparison.Ordinal) : null;

    /// <summary>
    /// The codes for which the pattern's file or folder is there, in ordinal order; empty where there is no pattern. A code has no separator of
    /// directories, and stands the same at every <c>{language}</c>.
    /// </summary>
    public IReadOnlyList<string> Found()
    {
        string[] parts = _pattern?.Split('/', '\\') ?? [];
        int first = Array.FindIndex(parts, part => part.Contains(Placeholder, StringComparison.Ordinal));
        string root = first <= 0 ? "." : string.Join('/', parts[..first]) + "/";
        if (first < 0 || !Directory.Exists(root))
        {
            return [];
        }

        string[] around = parts[first].Split(Placeholder, 2);
        return [.. Directory.EnumerateFileSystemEntries(root).Select(Path.GetFileName).OfType<string>()
            .Where(name => name.Length > around[0].Length + around[1].Length
                && name.StartsWith(around[0], StringComparison.Ordinal) && name.EndsWith(around[1], StringComparison.Ordinal))
            .Select(name => name[around[0].Length..^around[1].Length])
            .Where(code => Path.Exists(this[code]))
            .Order(StringComparer.Ordinal)];
    }

    private sealed class Reader : JsonConverter<LanguagePaths>
    {
        public override LanguagePaths Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String
                ? new LanguagePaths(reader.GetString()!)
                : new LanguagePaths(JsonSerializer.Deserialize<Dictionary<string, string>>(ref reader, options) ?? throw new JsonException());

        public override void Write(Utf8JsonWriter writer, LanguagePaths value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value._pattern ?? (object)value._paths, options);
    }
}

/// <summary>A subject's text in files.</summary>
/// <param name="Selection">What neurons are found on.</param>
/// <param name="Test">What perplexity is measured on; none of it may select.</param>
/// <param name="Field">Where JSONL and TSV hold the text.</param>
public sealed record TextFiles(LanguagePaths Selection, LanguagePaths? Test = null, string Field = TextSource.DefaultField);

/// <summary>A published task that claims ask.</summary>
/// <param name="Format">A name of <see cref="Tasks.TaskFormat"/>.</param>
/// <param name="Files">A file per language.</param>
/// <param name="Items">How many items to ask, a hash deciding which; all that every language has where null.</param>
public sealed record TaskFiles(string Format, LanguagePaths Files, int? Items = null);

/// <summary>The tasks that claims ask, by what they must be.</summary>
/// <param name="Knowledge">Facts that have to be known.</param>
/// <param name="Reasoning">What needs no knowledge of the world.</param>
public sealed record SubjectTasks(TaskFiles? Knowledge = null, TaskFiles? Reasoning = null);
