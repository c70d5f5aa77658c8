using System.Text.Json;

namespace MWork.Probes.Models.Checkpoints;

/// <summary>One value of a JSON file with its place in it, to be read as one kind or refused.</summary>
public sealed class JsonField
{
    private const int MaxShown = 60;

    private readonly string _source;
    private readonly JsonElement _value;

    internal JsonField(string source, string path, JsonElement value)
    {
        _source = source;
        Path = path;
        _value = value;
    }

    /// <summary>Where it is: <c>rope_scaling.factor</c>, <c>layer_types[3]</c>.</summary>
    public string Path { get; }

    /// <summary>What it is, for fields that may be of several kinds.</summary>
    public JsonValueKind Kind => _value.ValueKind;

    /// <exception cref="CheckpointException">It is not an integer of at least <paramref name="minimum"/>.</exception>
    public int AsInt(int minimum = 1) => Kind == JsonValueKind.Number && _value.TryGetInt32(out int value) && value >= minimum
        ? value
        : throw Wrong(minimum switch
        {
            1 => "a positive integer",
            0 => "an integer that is not negative",
            int.MinValue => "an integer",
            _ => $"an integer of at least {minimum}",
        });

    /// <summary>The nearest float32.</summary>
    /// <exception cref="CheckpointException">It is not a number, or too large for float32.</exception>
    public float AsFloat() => Kind == JsonValueKind.Number && _value.TryGetSingle(out float value) && float.IsFinite(value)
        ? value
        : throw Wrong("a number that float32 can hold");

    /// <exception cref="CheckpointException">It is not a text.</exception>
    public string AsString() => Kind == JsonValueKind.String ? _value.GetString()! : throw Wrong("a text");

    /// <exception cref="CheckpointException">It is not true or false.</exception>
    public bool AsBool() => Kind is JsonValueKind.True or JsonValueKind.False ? _value.GetBoolean() : throw Wrong("true or false");

    /// <exception cref="CheckpointException">It is not an object.</exception>
    public JsonObjectReader AsObject() => Kind == JsonValueKind.Object
        ? new JsonObjectReader(_source, Path + ".", _value)
        : throw Wrong("an object");

    /// <exception cref="CheckpointException">It is not an array.</exception>
    public IReadOnlyList<JsonField> AsArray() => Kind == JsonValueKind.Array
        ? [.. _value.EnumerateArray().Select((item, i) => new JsonField(_source, $"{Path}[{i}]", item))]
        : throw Wrong("an array");

    /// <summary>The refusal of this value: <c>field 'path' must be ..., but is ...</c>.</summary>
    public CheckpointException Wrong(string expected)
    {
        string shown = _value.GetRawText();
        shown = shown.Length > MaxShown ? string.Concat(shown.AsSpan(0, MaxShown), "…") : shown;
        shown = shown.ReplaceLineEndings(" ");
        return CheckpointException.In(_source, $"field {CheckpointException.Quote(Path)} must be {expected}, but is {shown}");
    }
}
