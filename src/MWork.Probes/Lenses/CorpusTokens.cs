using MWork.Probes.Text;
using MWork.Probes.Tokenizers;

namespace MWork.Probes.Lenses;

/// <summary>
/// Which language each token bears, by how often it stands in text of each: a token belongs to a language when it is common enough
/// to tell and nearly all of its occurrences, at equal amounts of text, are that language's. All others bear none.
/// </summary>
public static class CorpusTokens
{
    /// <summary>Fewer occurrences say little: with five, a token of two equally likely languages passes for one in 1 of 16 cases.</summary>
    public const int FewestOccurrences = 5;

    /// <summary>Share of a token's occurrences, at equal amounts of text, from which it is a language's.</summary>
    public const double SmallestShare = 0.9;

    /// <param name="texts">The text of a language.</param>
    public static TokenLanguages Of(ITokenizer tokenizer, IReadOnlyList<Language> languages, Func<Language, IEnumerable<string>> texts)
    {
        long[][] counts = [.. languages.Select(language => Count(tokenizer, texts(language)))];
        double[] totals = [.. counts.Select(language => (double)Math.Max(1, language.Sum()))];
        return new TokenLanguages(languages, [.. Enumerable.Range(0, tokenizer.VocabularySize).Select(OfToken)]);

        int OfToken(int id)
        {
            double[] rates = [.. counts.Select((language, l) => language[id] / totals[l])];
            int top = Array.IndexOf(rates, rates.Max());
            return counts.Sum(language => language[id]) >= FewestOccurrences && rates[top] >= SmallestShare * rates.Sum()
                && tokenizer.Decode([id]).Any(char.IsLetter) ? top : -1;
        }
    }

    private static long[] Count(ITokenizer tokenizer, IEnumerable<string> texts)
    {
        long[] counts = new long[tokenizer.VocabularySize];
        foreach (int id in texts.SelectMany(text => tokenizer.Encode(text, addSpecialTokens: false)))
        {
            counts[id]++;
        }

        return counts;
    }
}
