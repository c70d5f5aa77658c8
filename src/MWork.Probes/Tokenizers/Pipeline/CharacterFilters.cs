using System.Globalization;
using System.Text;

namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>Normalizers that look at one code point at a time.</summary>
internal static class CharacterFilters
{
    /// <summary>Full lower-casing without context; only U+0130 becomes two code points (SpecialCasing.txt).</summary>
    public static string Lowercase(string text) =>
        text.ToLowerInvariant().Replace("\u0130", "i\u0307", StringComparison.Ordinal);

    /// <summary>Without combining marks (M*).</summary>
    public static string WithoutMarks(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark))
                kept.Append(rune);
        }

        return kept.ToString();
    }

    /// <summary>The clean-up of control characters and spaces that neural translation models were trained with.</summary>
    public static string Nmt(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            switch ((int)c)
            {
                case (>= 0x01 and <= 0x08) or 0x0B or (>= 0x0E and <= 0x1F) or 0x7F or 0x8F or 0x9F:
                    break;
                case 0x09 or 0x0A or 0x0C or 0x0D or 0x1680 or (>= 0x200B and <= 0x200F) or 0x2028 or 0x2029 or 0x2581
                    or 0xFEFF or 0xFFFD:
                    kept.Append(' ');
                    break;
                default:
                    kept.Append(c);
                    break;
            }
        }

        return kept.ToString();
    }

    public static byte[] Base64(JsonField field)
    {
        try
        {
            return Convert.FromBase64String(field.Text());
        }
        catch (FormatException e) when (e is not TokenizerFormatException)
        {
            throw field.Refuse("not valid base64.");
        }
    }
}
