using MWork.Probes.Lenses;
using MWork.Probes.Text;
using MWork.Probes.Tokenizers;

namespace MWork.Probes.Subjects.SmallWorld;

/// <summary>The small world declares which language each word is of; no counting is needed.</summary>
public static class SmallWorldTokens
{
    /// <summary>Token languages of a model whose vocabulary is the world's, or a part of it.</summary>
    public static TokenLanguages Of(World world, ITokenizer tokenizer, IReadOnlyList<Language> languages) => new(
        languages,
        [.. Enumerable.Range(0, tokenizer.VocabularySize).Select(id =>
            tokenizer.IdToToken(id) is { } token && world.LanguageOf(token) is { } language ? IndexOf(languages, language) : -1)]);

    private static int IndexOf(IReadOnlyList<Language> languages, Language language)
    {
        for (int i = 0; i < languages.Count; i++)
        {
            if (languages[i].Code == language.Code)
            {
                return i;
            }
        }

        return -1;
    }
}
