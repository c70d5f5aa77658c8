using System.Text.Json;
using System.Text.Unicode;

namespace MWork.Probes.Models.Checkpoints;

/// <summary>
/// Reads the JSON header of a safetensors file in one pass: <c>{"__metadata__": {text: text}, name: {"dtype", "shape",
/// "data_offsets"}, ...}</c>. Stricter than the reference reader where that one lets things pass in silence: repeated keys and
/// unknown fields of a tensor are refused.
/// </summary>
internal ref partial struct SafetensorsHeader
{
    // A real file has at most some ten thousand tensors and a handful of metadata. With these limits an object per entry stays
    // within 64 MiB, whatever the header says.
    public const int MaxTensors = 1 << 18;
    private const int MaxMetadata = 1 << 16;
    private const string MetadataKey = "__metadata__";

    private readonly string _file;
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SafetensorsEntry> _tensors = new(StringComparer.Ordinal);
    private Utf8JsonReader _json;

    private SafetensorsHeader(ReadOnlySpan<byte> json, string file)
    {
        _file = file;
        _json = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 8 });
    }

    /// <exception cref="CheckpointException">The header is not one.</exception>
    public static (Dictionary<string, string> Metadata, Dictionary<string, SafetensorsEntry> Tensors) Parse(
        ReadOnlySpan<byte> json, string file)
    {
        if (json.IsEmpty || json[0] != (byte)'{' || !Utf8.IsValid(json))
        {
            throw NotJson(file, cause: null);
        }

        var header = new SafetensorsHeader(json, file);
        try
        {
            header.ReadRoot();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is what the JSON reader throws for half a surrogate pair.
            throw NotJson(file, e);
        }

        return (header._metadata, header._tensors);
    }

    private static CheckpointException NotJson(string file, Exception? cause) => CheckpointException.In(
        file, "the header is not a JSON object, so this is not a safetensors file or it is corrupt; download it again", cause);

    private void ReadRoot()
    {
        _json.Read();
        bool hasMetadata = false;
        while (NextProperty() is { } name)
        {
            if (string.Equals(name, MetadataKey, StringComparison.Ordinal))
            {
                if (hasMetadata)
                {
                    throw Fault($"the header has two entries {MetadataKey}; write the file again");
                }

                hasMetadata = true;
                ReadMetadata();
            }
            else if (_tensors.Count == MaxTensors)
            {
                throw Fault($"the header lists more than {MaxTensors} tensors; split the checkpoint into shards");
            }
            else if (!_tensors.TryAdd(name, ReadTensor(name)))
            {
                throw Fault(name, "is listed twice in the header; write the file again with one tensor of that name");
            }
        }

        // Anything but white space after the object is an error that the reader reports.
        _json.Read();
    }

    private void ReadMetadata()
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.Null)
        {
            return;
        }

        if (_json.TokenType != JsonTokenType.StartObject)
        {
            throw Fault($"{MetadataKey} must be an object of texts; write the file again");
        }

        while (NextProperty() is { } key)
        {
            _json.Read();
            if (_json.TokenType != JsonTokenType.String)
            {
                throw Fault($"{MetadataKey} entry {CheckpointException.Quote(key)} must be a text; write the file again");
            }

            if (_metadata.Count == MaxMetadata)
            {
                throw Fault($"{MetadataKey} has more than {MaxMetadata} entries; remove some");
            }

            if (!_metadata.TryAdd(key, _json.GetString()!))
            {
                throw Fault($"{MetadataKey} has two entries {CheckpointException.Quote(key)}; write the file again");
            }
        }
    }

    /// <summary>The name of the next property of the object being read, or null at its end.</summary>
    private string? NextProperty()
    {
        _json.Read();
        return _json.TokenType == JsonTokenType.PropertyName ? _json.GetString() : null;
    }

    private readonly CheckpointException Fault(string what) => CheckpointException.In(_file, what);

    private readonly CheckpointException Fault(string tensor, string what) =>
        CheckpointException.InTensor(_file, tensor, what);
}
