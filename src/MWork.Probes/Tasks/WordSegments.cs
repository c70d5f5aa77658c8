using System.Globalization;
using System.Text;

namespace MWork.Probes.Tasks;

/// <summary>
/// Words for overlap metrics, in any language and without a dictionary. Text is cut into user-perceived characters (UAX 29, which
/// .NET brings along); letters, marks and digits run on to words, and anything else ends a word. Scripts that write no spaces are
/// cut finer: Han and kana by the character, Thai, Lao, Khmer and Burmese by the character cluster.
/// </summary>
/// <remarks>
/// A dictionary would find words where this finds syllables, so that figures for those scripts are higher than with a word segmenter and
/// not comparable with published ones; between runs of this code they are. A cluster never splits what belongs to one syllable's
/// letter: leading vowels go with the consonant behind them, following ones with the consonant before (after Theeramunkong et al.
/// 2000, "Character cluster based Thai information retrieval"). On ASCII the words are those of rouge_score's default tokenizer without stemming.
/// </remarks>
public static class WordSegments
{
    /// <summary>The words, in lower case.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        Kind last = Kind.None;
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(text.ToLowerInvariant());
        while (elements.MoveNext())
        {
            string element = elements.GetTextElement();
            Kind kind = KindOf(element);
            if (!Joins(last, kind))
            {
                Flush();
            }

            if (kind != Kind.None)
            {
                word.Append(element);
            }

            last = kind;
        }

        Flush();
        return words;

        void Flush()
        {
            if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }
    }

    private enum Kind
    {
        /// <summary>Not part of a word.</summary>
        None,

        /// <summary>Runs on to a word.</summary>
        Letter,

        /// <summary>A word of its own, or a cluster's first part.</summary>
        Cluster,

        /// <summary>Written before the consonant that it is spoken after.</summary>
        Leading,

        /// <summary>Goes with the cluster before it.</summary>
        Trailing,
    }

    private static bool Joins(Kind before, Kind now) =>
        (before == Kind.Letter && now == Kind.Letter) || (before == Kind.Leading && now == Kind.Cluster)
        || (now == Kind.Trailing && before is Kind.Cluster or Kind.Trailing);

    private static Kind KindOf(string element)
    {
        Rune rune = Rune.GetRuneAt(element, 0);
        if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber or UnicodeCategory.DecimalDigitNumber
            or UnicodeCategory.OtherNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark))
        {
            return Kind.None;
        }

        return rune.Value switch
        {
            >= 0x0E40 and <= 0x0E44 or >= 0x0EC0 and <= 0x0EC4 => Kind.Leading,
            0x0E30 or 0x0E32 or 0x0E33 or 0x0E45 or 0x0E46 or 0x0EB0 or 0x0EB2 or 0x0EB3 or 0x0EC6 or 0x30FC or 0xFF70 => Kind.Trailing,
            >= 0x0E50 and <= 0x0E59 or >= 0x0ED0 and <= 0x0ED9 or >= 0x1040 and <= 0x1049 or >= 0x17E0 and <= 0x17E9 => Kind.Letter,
            >= 0x0E00 and <= 0x0EFF or >= 0x1000 and <= 0x109F or >= 0x1780 and <= 0x17FF => Kind.Cluster,
            >= 0x3005 and <= 0x3007 or >= 0x3041 and <= 0x30FF or >= 0x31F0 and <= 0x31FF or >= 0xFF66 and <= 0xFF9F => Kind.Cluster,
            >= 0x3400 and <= 0x4DBF or >= 0x4E00 and <= 0x9FFF or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x3FFFF => Kind.Cluster,
            _ => Kind.Letter,
        };
    }
}
