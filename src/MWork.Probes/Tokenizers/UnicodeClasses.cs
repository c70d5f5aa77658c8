using System.Globalization;

namespace MWork.Probes.Tokenizers;

/// <summary>Character classes as the Rust and Oniguruma regex engines of the reference define them (UTS #18).</summary>
internal static class UnicodeClasses
{
    /// <summary><c>\w</c>: Alphabetic, Mark, Decimal_Number, Connector_Punctuation, Join_Control.</summary>
    public static bool IsWord(int codePoint) => CharUnicodeInfo.GetUnicodeCategory(codePoint) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark or UnicodeCategory.DecimalDigitNumber
            or UnicodeCategory.LetterNumber or UnicodeCategory.ConnectorPunctuation => true,

        // Other_Alphabetic outside the marks: circled, squared and negative letters.
        UnicodeCategory.OtherSymbol => codePoint is (>= 0x24B6 and <= 0x24E9) or (>= 0x1F130 and <= 0x1F149)
            or (>= 0x1F150 and <= 0x1F169) or (>= 0x1F170 and <= 0x1F189),
        UnicodeCategory.Format => codePoint is 0x200C or 0x200D,
        _ => false,
    };

    /// <summary>The code point that starts at <paramref name="index"/> and how many UTF-16 units it takes.</summary>
    public static int CodePointAt(ReadOnlySpan<char> text, int index, out int length)
    {
        char first = text[index];
        if (char.IsHighSurrogate(first) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
        {
            length = 2;
            return char.ConvertToUtf32(first, text[index + 1]);
        }

        length = 1;
        return first;
    }

    public static int CodePointBefore(ReadOnlySpan<char> text, int index) =>
        index >= 2 && char.IsLowSurrogate(text[index - 1]) && char.IsHighSurrogate(text[index - 2])
            ? char.ConvertToUtf32(text[index - 2], text[index - 1])
            : text[index - 1];

    /// <summary>The text with every lone surrogate replaced by U+FFFD, as UTF-8 would have it.</summary>
    public static string WellFormed(string text)
    {
        int index = 0;
        while (index < text.Length && !char.IsSurrogate(text[index]))
            index++;
        if (index == text.Length)
            return text;
        char[] copy = text.ToCharArray();
        for (; index < copy.Length; index++)
        {
            CodePointAt(copy, index, out int length);
            if (length == 2)
                index++;
            else if (char.IsSurrogate(copy[index]))
                copy[index] = '\uFFFD';
        }

        return new string(copy);
    }
}
