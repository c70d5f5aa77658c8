using System.Text.Json;

namespace MWork.Probes.Neurons;

/// <summary>A value in a JSON file that knows where it stands, so that a complaint can name file and field.</summary>
internal readonly struct JsonEntry
{
    private readonly JsonElement _element;

    private JsonEntry(string file, string field, JsonElement element)
    {
        File = file;
        Field = field;
        _element = element;
    }

    public string File { get; }

    public string Field { get; }

    /// <summary>Runs a reader over the whole of a text.</summary>
    /// <exception cref="NeuronFileException">It is not JSON, or the reader complains.</exception>
    public static T Parse<T>(string file, string json, Func<JsonEntry, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return read(new JsonEntry(file, "", document.RootElement));
        }
        catch (JsonException error)
        {
            throw new NeuronFileException($"{file} is not JSON (line {error.LineNumber + 1}): {error.Message}", error);
        }
    }

    public JsonEntry this[string name] => Object().TryGetProperty(name, out JsonElement value)
        ? new JsonEntry(File, Field.Length == 0 ? name : $"{Field}.{name}", value)
        : throw Complaint($"has no '{name}'; give a file as mwork wrote it");

    public IEnumerable<(string Name, JsonEntry Value)> Properties()
    {
        JsonEntry self = this;
        return Object().EnumerateObject().Select(property => (
            property.Name,
            new JsonEntry(self.File, self.Field.Length == 0 ? property.Name : $"{self.Field}.{property.Name}", property.Value)));
    }

    public IEnumerable<JsonEntry> Items()
    {
        JsonEntry self = this;
        return _element.ValueKind == JsonValueKind.Array
            ? _element.EnumerateArray().Select((item, i) => new JsonEntry(self.File, $"{self.Field}[{i}]", item))
            : throw Complaint("is not a list");
    }

    public string Text() => _element.ValueKind == JsonValueKind.String ? _element.GetString()! : throw Complaint("is not a text");

    public int Natural() => _element.ValueKind == JsonValueKind.Number && _element.TryGetInt32(out int value) && value >= 0
        ? value
        : throw Complaint($"is {_element.GetRawText()}, not a whole number of 0 or more");

    /// <summary>A count that may be larger than an <see cref="int"/>.</summary>
    public long Count() => _element.ValueKind == JsonValueKind.Number && _element.TryGetInt64(out long value) && value >= 0
        ? value
        : throw Complaint($"is {_element.GetRawText()}, not a whole number of 0 or more");

    public byte[] Bytes() => _element.ValueKind == JsonValueKind.String && _element.TryGetBytesFromBase64(out byte[]? bytes)
        ? bytes
        : throw Complaint("is not Base64");

    public NeuronFileException Complaint(string problem, Exception? inner = null) =>
        new(Field.Length == 0 ? $"{File}: {problem}." : $"{File}: field '{Field}' {problem}.", inner);

    private JsonElement Object() => _element.ValueKind == JsonValueKind.Object ? _element : throw Complaint("is not an object");
}
