using System.Text;

namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>
/// The one-to-one map of bytes to printable characters that GPT-2's byte-level BPE uses: printable Latin-1 stands for itself,
/// the other 68 bytes for U+0100 and up.
/// </summary>
internal static class ByteAlphabet
{
    private static readonly char[] Chars = MakeChars();
    private static readonly Dictionary<char, byte> Bytes = Chars.Select((c, i) => (c, i)).ToDictionary(p => p.c, p => (byte)p.i);

    public static string Spell(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        return string.Create(utf8.Length, utf8, (span, bytes) =>
        {
            for (int i = 0; i < span.Length; i++)
                span[i] = Chars[bytes[i]];
        });
    }

    /// <summary>The bytes that a token spells; a token with any other character is taken as plain text.</summary>
    public static void AppendBytes(string token, List<byte> output)
    {
        int start = output.Count;
        foreach (char c in token)
        {
            if (!Bytes.TryGetValue(c, out byte value))
            {
                output.RemoveRange(start, output.Count - start);
                output.AddRange(Encoding.UTF8.GetBytes(token));
                return;
            }

            output.Add(value);
        }
    }

    private static char[] MakeChars()
    {
        char[] chars = new char[256];
        int next = 256;
        for (int b = 0; b < 256; b++)
        {
            bool printable = b is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or >= 0xAE;
            chars[b] = printable ? (char)b : (char)next++;
        }

        return chars;
    }
}
