using MWork.Probes.Text;

namespace MWork.Probes.Subjects.SmallWorld;

/// <summary>
/// All tokens of a world in a fixed order: special tokens, punctuation, then each language's name for itself and its words.
/// </summary>
public sealed class Vocabulary
{
    public const string Padding = "<pad>";
    public const string Begin = "<s>";
    public const string End = "</s>";
    public const string Unknown = "<unk>";

    /// <summary>The special tokens, in the order of their numbers.</summary>
    public static readonly IReadOnlyList<string> Special = [Padding, Begin, End, Unknown];

    /// <summary>Tokens that all languages share; everything else belongs to exactly one language.</summary>
    public static readonly IReadOnlyList<string> Punctuation = [".", "?", ":", "="];

    private readonly Dictionary<string, int> _index;
    private readonly Dictionary<string, Language> _languageOf = new(StringComparer.Ordinal);

    internal Vocabulary(IReadOnlyList<Language> languages, IReadOnlyList<Concept> concepts)
    {
        var tokens = new List<string>([.. Special, .. Punctuation]);
        foreach (Language language in languages)
        {
            Add(language.OwnName, language);
            foreach (Concept concept in concepts.Where(concept => concept.HasWordIn(language)))
            {
                Add(concept.In(language), language);
            }
        }

        Tokens = tokens;
        _index = Enumerable.Range(0, tokens.Count).ToDictionary(i => tokens[i], StringComparer.Ordinal);

        void Add(string token, Language language)
        {
            tokens.Add(token);
            _languageOf.Add(token, language);
        }
    }

    /// <summary>The tokens; a token's place is its number.</summary>
    public IReadOnlyList<string> Tokens { get; }

    public int Count => Tokens.Count;

    public bool Contains(string token) => _index.ContainsKey(token);

    /// <summary>The number of a token; that of <see cref="Unknown"/> for a token of another world.</summary>
    public int IndexOf(string token) => _index.TryGetValue(token, out int index) ? index : _index[Unknown];

    /// <summary>The language of a token; null for special tokens, punctuation and unknown tokens.</summary>
    public Language? LanguageOf(string token) => _languageOf.GetValueOrDefault(token);

    /// <summary>How many tokens belong to that language.</summary>
    public int CountOf(Language language) => _languageOf.Values.Count(other => other == language);
}
