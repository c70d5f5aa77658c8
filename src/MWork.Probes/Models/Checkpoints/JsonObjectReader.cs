using System.Text.Json;
using System.Text.Unicode;

namespace MWork.Probes.Models.Checkpoints;

/// <summary>
/// Strict access to a JSON object such as <c>config.json</c>: a field that is missing, of the wrong kind or out of range is refused
/// with the file, the field and what it should be. Repeated keys and deep nesting are refused for the whole file when it is read.
/// </summary>
/// <remarks>An optional field that is <c>null</c> counts as absent, as in transformers.</remarks>
public sealed class JsonObjectReader
{
    // A config has some kilobytes; the parser's own tables take several times the text.
    private const int MaxLength = 4 << 20;
    private const int MaxDepth = 16;

    private readonly JsonElement _element;
    private readonly string _prefix;

    internal JsonObjectReader(string source, string prefix, JsonElement element)
    {
        Source = source;
        _prefix = prefix;
        _element = element;
    }

    /// <summary>The file, for messages.</summary>
    public string Source { get; }

    /// <summary>Names of the fields, in file order.</summary>
    public IEnumerable<string> Names => _element.EnumerateObject().Select(property => property.Name);

    /// <summary>Reads a file that holds one object.</summary>
    /// <exception cref="CheckpointException">The file is missing, too long, or not one JSON object.</exception>
    public static JsonObjectReader Open(string path)
    {
        using MappedFile file = MappedFile.Open(path, atLeast: 2);
        if (file.Length > MaxLength)
        {
            throw TooLong(path, file.Length);
        }

        byte[] json = new byte[file.Length];
        file.Read(0, json);
        return Parse(json, path);
    }

    /// <param name="json">UTF-8 text.</param>
    /// <param name="source">What messages call it.</param>
    /// <exception cref="CheckpointException">The text is too long, or not one JSON object.</exception>
    public static JsonObjectReader Parse(ReadOnlyMemory<byte> json, string source)
    {
        if (json.Length > MaxLength)
        {
            throw TooLong(source, json.Length);
        }

        try
        {
            Scan(json.Span, source);
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new JsonObjectReader(source, "", document.RootElement.Clone())
                : throw CheckpointException.In(source, "the file is not a JSON object; download it again");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw CheckpointException.In(
                source, $"the file is not valid JSON of at most {MaxDepth} levels; correct it or download it again", e);
        }
    }

    /// <summary>True when the field is there and is not null.</summary>
    public bool Has(string field) => Find(field) is not null;

    /// <summary>An integer of at least <paramref name="minimum"/>.</summary>
    public int GetInt(string field, int minimum = 1) => Require(field).AsInt(minimum);

    /// <summary>As <see cref="GetInt"/>, or null where the field is absent.</summary>
    public int? GetOptionalInt(string field, int minimum = 1) => Find(field)?.AsInt(minimum);

    /// <summary>A finite number.</summary>
    public float GetFloat(string field) => Require(field).AsFloat();

    /// <summary>As <see cref="GetFloat"/>, or null where the field is absent.</summary>
    public float? GetOptionalFloat(string field) => Find(field)?.AsFloat();

    public string GetString(string field) => Require(field).AsString();

    /// <summary>As <see cref="GetString"/>, or null where the field is absent.</summary>
    public string? GetOptionalString(string field) => Find(field)?.AsString();

    public bool GetBool(string field) => Require(field).AsBool();

    /// <summary>As <see cref="GetBool"/>, or null where the field is absent.</summary>
    public bool? GetOptionalBool(string field) => Find(field)?.AsBool();

    public JsonObjectReader GetObject(string field) => Require(field).AsObject();

    /// <summary>As <see cref="GetObject"/>, or null where the field is absent.</summary>
    public JsonObjectReader? GetOptionalObject(string field) => Find(field)?.AsObject();

    /// <summary>The items of an array, each to be asked for its kind.</summary>
    public IReadOnlyList<JsonField> GetArray(string field) => Require(field).AsArray();

    /// <summary>As <see cref="GetArray"/>, or null where the field is absent.</summary>
    public IReadOnlyList<JsonField>? GetOptionalArray(string field) => Find(field)?.AsArray();

    /// <summary>The field, whatever its kind.</summary>
    /// <exception cref="CheckpointException">It is absent or null.</exception>
    public JsonField Require(string field) =>
        Find(field) ?? throw CheckpointException.In(Source, $"field {CheckpointException.Quote(_prefix + field)} is missing; add it");

    /// <summary>The field, or null where it is absent or null.</summary>
    public JsonField? Find(string field) =>
        _element.TryGetProperty(field, out JsonElement value) && value.ValueKind != JsonValueKind.Null
            ? new JsonField(Source, _prefix + field, value)
            : null;

    /// <summary>Refuses fields other than the ones named, for objects where an unknown field would change the meaning.</summary>
    /// <exception cref="CheckpointException">Names the first unknown field.</exception>
    public void RequireOnly(params IReadOnlyCollection<string> known)
    {
        foreach (string name in Names)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                string field = CheckpointException.Quote(_prefix + name);
                throw CheckpointException.In(
                    Source, $"field {field} is not known, only {string.Join(", ", known)} are; remove or rename it");
            }
        }
    }

    private static CheckpointException TooLong(string source, long length) =>
        CheckpointException.In(
            source, $"the file has {length} bytes, above the limit of {MaxLength}, so it is not a config; check the path");

    /// <summary>
    /// Refuses what the parser lets through: repeated keys, and texts that have no UTF-16, which it would only notice when they
    /// are asked for.
    /// </summary>
    private static void Scan(ReadOnlySpan<byte> json, string source)
    {
        if (!Utf8.IsValid(json))
        {
            throw CheckpointException.In(source, "the file is not UTF-8 text; correct it or download it again");
        }

        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        var open = new Stack<HashSet<string>>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    open.Push(new HashSet<string>(StringComparer.Ordinal));
                    break;
                case JsonTokenType.EndObject:
                    open.Pop();
                    break;
                case JsonTokenType.PropertyName when !open.Peek().Add(reader.GetString()!):
                    string field = CheckpointException.Quote(reader.GetString()!);
                    throw CheckpointException.In(source, $"field {field} is given twice in one object; keep one of them");
                case JsonTokenType.String when reader.ValueIsEscaped:
                    _ = reader.GetString();
                    break;
                default:
                    break;
            }
        }
    }
}
