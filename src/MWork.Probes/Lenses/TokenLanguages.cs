using MWork.Probes.Text;

namespace MWork.Probes.Lenses;

/// <summary>
/// Which language each token of a vocabulary bears. Tokens that bear none (punctuation, special tokens) and tokens of several
/// languages are left out of every count.
/// </summary>
public sealed class TokenLanguages
{
    private readonly int[] _languageOf;

    /// <param name="languages">The languages, in the order of every result.</param>
    /// <param name="languageOf">For every token id, its index in <paramref name="languages"/>, or −1.</param>
    public TokenLanguages(IReadOnlyList<Language> languages, IReadOnlyList<int> languageOf)
    {
        Languages = languages;
        _languageOf = [.. languageOf];
        Bearing = Enumerable.Range(0, _languageOf.Length).Where(id => _languageOf[id] >= 0).ToArray();
    }

    public IReadOnlyList<Language> Languages { get; }

    /// <summary>Ids of the tokens that bear a language, ascending.</summary>
    public IReadOnlyList<int> Bearing { get; }

    /// <summary>Index of a token's language, or −1.</summary>
    public int this[int id] => _languageOf[id];

    public int VocabularySize => _languageOf.Length;

    /// <summary>Index of a language by its code.</summary>
    /// <exception cref="ArgumentException">These tokens know no such language.</exception>
    public int IndexOf(string code)
    {
        for (int i = 0; i < Languages.Count; i++)
        {
            if (Languages[i].Code == code)
            {
                return i;
            }
        }

        throw new ArgumentException($"No token language '{code}' here; there are {string.Join(", ", Languages.Select(l => l.Code))}.", nameof(code));
    }

    /// <summary>Share of the language-bearing vocabulary that is this language's: what a lens without preference would show.</summary>
    public double ChanceShare(int language) => Bearing.Count(id => _languageOf[id] == language) / (double)Bearing.Count;

    /// <summary>The same tokens with two languages' labels exchanged.</summary>
    public TokenLanguages Swap(int first, int second) => new(
        Languages, _languageOf.Select(l => l == first ? second : l == second ? first : l).ToArray());
}
