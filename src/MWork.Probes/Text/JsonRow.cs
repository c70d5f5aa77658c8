using System.Text.Json;

namespace MWork.Probes.Text;

/// <summary>One JSON object of a file, read field by field; what is missing or of another kind makes its row malformed.</summary>
internal readonly struct JsonRow
{
    private readonly JsonElement _element;
    private readonly string _path;

    private JsonRow(JsonElement element, string path) => (_element, _path) = (element, path);

    /// <summary>A line of JSONL; null for a blank one.</summary>
    /// <exception cref="MalformedRowException">It is not a JSON object.</exception>
    public static JsonRow? Of(TextLine line) => string.IsNullOrWhiteSpace(line.Text) ? null : Of(line.Text);

    /// <exception cref="MalformedRowException">It is not a JSON object.</exception>
    public static JsonRow Of(string json)
    {
        try
        {
            return Of(JsonElement.Parse(json), "");
        }
        catch (JsonException error)
        {
            throw new MalformedRowException(
                $"this is not JSON at byte {error.BytePositionInLine}{(error.LineNumber > 0 ? $" of line {error.LineNumber + 1}" : "")}; "
                + "each row must be one whole object");
        }
    }

    public string Text(string field) => AsText(Field(field), Name(field));

    /// <summary>The field as text, or null where it is missing or null.</summary>
    public string? TextOrNull(string field) =>
        _element.TryGetProperty(field, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? AsText(value, Name(field)) : null;

    public int Number(string field) => Field(field) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out int number)
        ? number
        : throw new MalformedRowException($"field '{Name(field)}' must be a whole number");

    public JsonRow Object(string field) => Of(Field(field), Name(field));

    public IEnumerable<JsonRow> List(string field) => Elements(field).Select(item => Of(item.Value, item.Name));

    public string[] Texts(string field) => [.. Elements(field).Select(item => AsText(item.Value, item.Name))];

    public bool HoldsObject(string field) => Field(field).ValueKind == JsonValueKind.Object;

    private IEnumerable<(JsonElement Value, string Name)> Elements(string field)
    {
        JsonElement list = Field(field);
        string name = Name(field);
        return list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select((item, i) => (item, $"{name}[{i}]"))
            : throw new MalformedRowException($"field '{name}' must be a list");
    }

    private static JsonRow Of(JsonElement element, string path) => element.ValueKind == JsonValueKind.Object
        ? new JsonRow(element, path)
        : throw new MalformedRowException($"{(path.Length > 0 ? $"field '{path}'" : "the row")} must be a JSON object");

    private static string AsText(JsonElement value, string name)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new MalformedRowException($"field '{name}' must be text");
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, which no text encoding can hold.
            throw new MalformedRowException($"field '{name}' holds half a character (a lone surrogate)");
        }
    }

    private JsonElement Field(string field) => _element.TryGetProperty(field, out JsonElement value)
        ? value
        : throw new MalformedRowException($"field '{Name(field)}' is missing");

    private string Name(string field) => _path.Length > 0 ? $"{_path}.{field}" : field;
}
