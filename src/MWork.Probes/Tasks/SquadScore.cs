using System.Text.RegularExpressions;

namespace MWork.Probes.Tasks;

/// <summary>
/// Exact match and F1 as SQuAD 1.1 defines them (Rajpurkar et al. 2016; the official evaluate-v1.1.py): lower case, without ASCII
/// punctuation and English articles, words by white space; the best over the right answers counts.
/// </summary>
/// <remarks>
/// The definition is English. Articles of other languages stay, and so does punctuation outside ASCII (。, ¿, 《》); a Chinese, Japanese
/// or Thai answer is one word, so that F1 is no more than exact match there. <see cref="SegmentedF1"/> is the figure to read for
/// those; it is not comparable with published ones.
/// </remarks>
public static partial class SquadScore
{
    /// <summary>1 where the prediction is one of the answers, else 0.</summary>
    public static double ExactMatch(string prediction, IEnumerable<string> answers) =>
        answers.Max(answer => Normalize(prediction) == Normalize(answer) ? 1.0 : 0);

    /// <summary>F1 of the words, as the script has it; two empty texts give 0.</summary>
    public static double F1(string prediction, IEnumerable<string> answers) =>
        answers.Max(answer => F1(Normalize(prediction).Split(' ', StringSplitOptions.RemoveEmptyEntries), Normalize(answer).Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    /// <summary>F1 over <see cref="WordSegments"/>, for languages that do not write spaces.</summary>
    public static double SegmentedF1(string prediction, IEnumerable<string> answers) =>
        answers.Max(answer => F1(WordSegments.Of(prediction), WordSegments.Of(answer)));

    /// <summary>The text as both metrics compare it.</summary>
    public static string Normalize(string text)
    {
        string bare = string.Concat(text.ToLowerInvariant().Where(letter => !(char.IsAscii(letter) && (char.IsPunctuation(letter) || char.IsSymbol(letter)))));
        return string.Join(' ', Articles().Replace(bare, " ").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static double F1(IReadOnlyList<string> prediction, IReadOnlyList<string> answer)
    {
        Dictionary<string, int> left = answer.CountBy(word => word, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        int shared = prediction.Count(word => left.TryGetValue(word, out int count) && (left[word] = count - 1) >= 0);
        return shared == 0 ? 0 : 2.0 * shared / (prediction.Count + answer.Count);
    }

    [GeneratedRegex(@"\b(a|an|the)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Articles();
}
