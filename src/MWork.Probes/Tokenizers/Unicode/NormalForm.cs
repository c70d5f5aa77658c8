using System.Text;

namespace MWork.Probes.Tokenizers.Unicode;

/// <summary>Unicode normalization forms (UAX #15): NFC, NFD, NFKC and NFKD.</summary>
internal static class NormalForm
{
    // Hangul syllables are arithmetic (The Unicode Standard, section 3.12).
    private const int SyllableBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TailBase = 0x11A7;
    private const int LeadCount = 19;
    private const int VowelCount = 21;
    private const int TailCount = 28;
    private const int SyllableCount = LeadCount * VowelCount * TailCount;

    /// <summary>NFD, or NFKD with <paramref name="compatibility"/>.</summary>
    public static string Decompose(string text, bool compatibility) =>
        Ascii.IsValid(text) ? text : Join(Decomposed(text, compatibility));

    /// <summary>NFC, or NFKC with <paramref name="compatibility"/>.</summary>
    public static string Compose(string text, bool compatibility)
    {
        if (Ascii.IsValid(text))
            return text;
        List<int> codePoints = Decomposed(text, compatibility);
        UnicodeData data = UnicodeData.Shared.Value;
        int kept = 0;
        int starter = -1;
        int lastClass = -1;
        for (int i = 0; i < codePoints.Count; i++)
        {
            int codePoint = codePoints[i];
            int combiningClass = data.CombiningClass(codePoint);

            // Blocked if anything of the same or a higher class stands between it and the starter.
            if (starter >= 0 && lastClass < combiningClass
                && PairOf(data, codePoints[starter], codePoint) is { } composite)
            {
                codePoints[starter] = composite;
                continue;
            }

            if (combiningClass == 0)
            {
                starter = kept;
                lastClass = -1;
            }
            else
            {
                lastClass = combiningClass;
            }

            codePoints[kept++] = codePoint;
        }

        return Join(codePoints.GetRange(0, kept));
    }

    private static List<int> Decomposed(string text, bool compatibility)
    {
        UnicodeData data = UnicodeData.Shared.Value;
        var output = new List<int>(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
            AppendDecomposed(data, rune.Value, compatibility, output);
        SortMarks(data, output);
        return output;
    }

    private static void AppendDecomposed(UnicodeData data, int codePoint, bool compatibility, List<int> output)
    {
        int syllable = codePoint - SyllableBase;
        if (syllable is >= 0 and < SyllableCount)
        {
            output.Add(LeadBase + (syllable / (VowelCount * TailCount)));
            output.Add(VowelBase + (syllable % (VowelCount * TailCount) / TailCount));
            if (syllable % TailCount != 0)
                output.Add(TailBase + (syllable % TailCount));
        }
        else if (codePoint >= 0xA0 && data.Decomposition(codePoint, compatibility) is { } parts)
        {
            foreach (int part in parts)
                AppendDecomposed(data, part, compatibility, output);
        }
        else
        {
            output.Add(codePoint);
        }
    }

    // Canonical ordering: runs of marks by class, stable.
    private static void SortMarks(UnicodeData data, List<int> codePoints)
    {
        int start = 0;
        while (start < codePoints.Count)
        {
            int end = start;
            while (end < codePoints.Count && data.CombiningClass(codePoints[end]) != 0)
                end++;
            if (end - start > 1)
            {
                int[] run = [.. codePoints.GetRange(start, end - start).OrderBy(data.CombiningClass)];
                for (int i = 0; i < run.Length; i++)
                    codePoints[start + i] = run[i];
            }

            start = end + 1;
        }
    }

    private static int? PairOf(UnicodeData data, int first, int second)
    {
        if (first is >= LeadBase and < LeadBase + LeadCount && second is >= VowelBase and < VowelBase + VowelCount)
            return SyllableBase + ((((first - LeadBase) * VowelCount) + second - VowelBase) * TailCount);
        int syllable = first - SyllableBase;
        return syllable is >= 0 and < SyllableCount && syllable % TailCount == 0
            && second is > TailBase and < TailBase + TailCount
            ? first + second - TailBase
            : data.Composite(first, second);
    }

    private static string Join(List<int> codePoints)
    {
        var text = new StringBuilder(codePoints.Count);
        foreach (int codePoint in codePoints)
            text.Append(new Rune(codePoint));
        return text.ToString();
    }
}
