using MWork.Probes.Text;

namespace MWork.Probes.Subjects.SmallWorld;

/// <summary>One meaning and its word in every language (a row of <c>words.tsv</c>).</summary>
public sealed class Concept
{
    private readonly Dictionary<string, string> _words;
    private readonly Dictionary<string, string> _features;

    internal Concept(
        string id, string category, int row, Dictionary<string, string> words, Dictionary<string, string> features)
    {
        Id = id;
        Category = category;
        Row = row;
        _words = words;
        _features = features;
    }

    /// <summary>The category of function words, each of which one language has for itself.</summary>
    public const string Function = "function";

    public string Id { get; }

    /// <summary>What kind of thing it is; answers of one relation share a category.</summary>
    public string Category { get; }

    /// <summary>Its place in the file, from 0.</summary>
    public int Row { get; }

    public bool IsFunctionWord => Category == Function;

    /// <summary>The word in that language.</summary>
    /// <exception cref="KeyNotFoundException">The language has no word for it, which happens with function words
    /// only.</exception>
    public string In(Language language) => _words.TryGetValue(language.Code, out string? word)
        ? word
        : throw new KeyNotFoundException($"'{Id}' has no word in {language.Name}.");

    public bool HasWordIn(Language language) => _words.ContainsKey(language.Code);

    /// <summary>A grammatical feature such as <c>fr</c> → <c>ml</c>; null where it has none of that name.</summary>
    public string? Feature(string name) => _features.GetValueOrDefault(name);

    public override string ToString() => Id;
}
