using MWork.Probes.Tokenizers.Patterns;

namespace MWork.Probes.Tokenizers;

/// <summary>UTF-16 text read as code points.</summary>
internal static class CodePoints
{
    /// <summary><c>\w</c> of Rust's regex crate (UTS #18, annex C), where joiners count as word characters.</summary>
    public static bool IsWord(int codePoint) => CharacterClass.Word.Contains(codePoint) || codePoint is 0x200C or 0x200D;

    /// <summary>The code point that starts at <paramref name="index"/> and how many UTF-16 units it takes.</summary>
    public static int At(ReadOnlySpan<char> text, int index, out int length)
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

    public static int Before(ReadOnlySpan<char> text, int index) =>
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
            At(copy, index, out int length);
            if (length == 2)
                index++;
            else if (char.IsSurrogate(copy[index]))
                copy[index] = '\uFFFD';
        }

        return new string(copy);
    }
}
