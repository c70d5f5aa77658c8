using System.Text.Json;
using System.Text.Unicode;

namespace MWork.Probes.Tokenizers;

/// <summary>A value in a JSON file that knows where it stands, so that every refusal names the file and the field.</summary>
internal readonly struct JsonField
{
    private readonly string _file;
    private readonly string _path;
    private readonly int? _index;
    private readonly JsonElement _element;

    private JsonField(string file, string path, JsonElement element, int? index = null)
    {
        _file = file;
        _path = path;
        _index = index;
        _element = element;
    }

    // Written out when asked for: arrays have hundreds of thousands of items.
    public string Path => _index is { } index ? $"{_path}[{index}]" : _path;

    public bool IsNull => _element.ValueKind == JsonValueKind.Null;

    public bool IsText => _element.ValueKind == JsonValueKind.String;

    public bool IsArray => _element.ValueKind == JsonValueKind.Array;

    public bool IsObject => _element.ValueKind == JsonValueKind.Object;

    /// <summary>Parses a whole file; the document is released when <paramref name="read"/> returns.</summary>
    public static T Parse<T>(string file, ReadOnlyMemory<byte> bytes, Func<JsonField, T> read)
    {
        ReadOnlyMemory<byte> json = bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        if (!Utf8.IsValid(json.Span))
            throw TokenizerFormatException.At(file, "$", "the file is not UTF-8.");
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            var root = new JsonField(file, "$", document.RootElement);
            return root.IsObject ? read(root) : throw root.Mismatch("an object");
        }
        catch (JsonException e)
        {
            throw new TokenizerFormatException($"{file}: $: not valid JSON ({e.Message})", e);
        }
    }

    /// <summary>The member, which must be there and not null.</summary>
    public JsonField this[string name] => Find(name) ?? throw Refuse($"the field '{name}' is missing.");

    /// <summary>The member, or null where it is absent or null.</summary>
    public JsonField? Find(string name)
    {
        if (!IsObject)
            throw Mismatch("an object");
        bool there;
        JsonElement found;
        try
        {
            there = _element.TryGetProperty(name, out found);
        }
        catch (InvalidOperationException)
        {
            throw LoneSurrogate();
        }

        return there && found.ValueKind != JsonValueKind.Null
            ? new JsonField(_file, Path == "$" ? name : $"{Path}.{name}", found)
            : null;
    }

    public string Text()
    {
        if (!IsText)
            throw Mismatch("a string");
        try
        {
            return _element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw LoneSurrogate();
        }
    }

    public int Integer(int minimum = 0) =>
        _element.ValueKind == JsonValueKind.Number && _element.TryGetInt32(out int value) && value >= minimum
            ? value
            : throw Mismatch($"an integer of at least {minimum}");

    public double Number() =>
        _element.ValueKind == JsonValueKind.Number && _element.TryGetDouble(out double value) && double.IsFinite(value)
            ? value
            : throw Mismatch("a finite number");

    public bool Flag() => _element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Mismatch("true or false"),
    };

    public bool Flag(string name, bool absent) => Find(name)?.Flag() ?? absent;

    /// <summary>The items of an array.</summary>
    public IEnumerable<JsonField> Items()
    {
        if (!IsArray)
            throw Mismatch("an array");
        int index = 0;
        string path = Path;
        foreach (JsonElement item in _element.EnumerateArray())
            yield return new JsonField(_file, path, item, index++);
    }

    /// <summary>The two items of an array of just these, or null where it has fewer or more.</summary>
    public (JsonField First, JsonField Second)? Pair() => !IsArray
        ? throw Mismatch("an array")
        : _element.GetArrayLength() == 2
            ? (new JsonField(_file, _path, _element[0], _index), new JsonField(_file, _path, _element[1], _index))
            : null;

    /// <summary>The members of an object in file order, repeated names included.</summary>
    public IEnumerable<(string Name, JsonField Value)> Members()
    {
        if (!IsObject)
            throw Mismatch("an object");
        foreach (JsonProperty member in _element.EnumerateObject())
            yield return (NameOf(member), new JsonField(_file, _path, member.Value, _index));
    }

    public TokenizerFormatException Refuse(string sentence) => TokenizerFormatException.At(_file, Path, sentence);

    public TokenizerFormatException Unsupported(string what, string given, string supported) =>
        Refuse($"{what} '{given}' is not supported; supported: {supported}.");

    private string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw LoneSurrogate();
        }
    }

    // Names and strings are unescaped when they are first looked at, and only then is half of a surrogate pair noticed.
    private TokenizerFormatException LoneSurrogate() => Refuse("a name or a string has an escaped lone surrogate.");

    private TokenizerFormatException Mismatch(string expected) =>
        Refuse($"expected {expected}, found {(_element.ValueKind == JsonValueKind.Undefined ? "nothing" : Describe())}.");

    private string Describe()
    {
        string raw = _element.GetRawText();
        return raw.Length <= 40 ? raw : $"{raw[..40]}…";
    }
}
