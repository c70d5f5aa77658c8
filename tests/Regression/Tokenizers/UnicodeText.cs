using System.Text;
using MWork.Probes.Randomness;

namespace MWork.Regression.Tokenizers;

/// <summary>Arbitrary text from a seed: every plane, combining marks, controls with NUL, emoji sequences, runs of spaces.</summary>
internal static class UnicodeText
{
    private static readonly string[] Awkward =
    [
        "\0", "\u0001", "\r\n", "   ", "\t", "\u00A0", "\u2028", "e\u0301", "a\u0323\u0307", "\u0301", "각", "\u1100\u1161\u11A8", "👩‍👩‍👧‍👦", "🇩🇪",
        "❤️", "👍🏽", "नमस्ते", "ก็", "中文。", "\uFEFF", "\uFFFD", "'LL", "it's", "12345", "<0x41>", "½", "ﬁ", "K", "ǅ", "\u200D",
    ];

    public static string Arbitrary(CounterRandom random, int pieces)
    {
        var text = new StringBuilder();
        for (int i = 0; i < pieces; i++)
        {
            switch (random.NextInt(4))
            {
                case 0:
                    text.Append(random.Pick(Awkward));
                    break;
                case 1:
                    text.Append(Word(random, 1 + random.NextInt(8))).Append(' ');
                    break;
                case 2:
                    text.Append((char)random.NextInt(0x800));
                    break;
                default:
                    int codePoint = random.NextInt(0x110000 - 0x800);
                    text.Append(new Rune(codePoint < 0xD800 ? codePoint : codePoint + 0x800));
                    break;
            }
        }

        return text.ToString();
    }

    public static string Word(CounterRandom random, int length) =>
        string.Create(length, random, (span, r) =>
        {
            foreach (ref char c in span)
                c = (char)('a' + r.NextInt(26));
        });

    /// <summary>Words of up to twelve letters, with <paramref name="unbroken"/> letters without a space in the middle.</summary>
    public static string Prose(CounterRandom random, int length, int unbroken)
    {
        var text = new StringBuilder(length);
        while (text.Length < (length - unbroken) / 2)
            text.Append(Word(random, 1 + random.NextInt(12))).Append(' ');
        text.Append(Word(random, unbroken));
        while (text.Length < length)
            text.Append(' ').Append(Word(random, 1 + random.NextInt(12)));
        return text.ToString(0, length);
    }
}
