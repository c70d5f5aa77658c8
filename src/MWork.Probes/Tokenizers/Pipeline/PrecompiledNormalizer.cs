using System.Globalization;
using System.Text;
using MWork.Probes.Tokenizers.SentencePiece;

namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>
/// Normalizer <c>Precompiled</c>: SentencePiece's map applied to short graphemes whole, else to each code point, as the
/// tokenizers library does (which differs from SentencePiece itself).
/// </summary>
internal sealed class PrecompiledNormalizer(CharacterMap map) : INormalizer
{
    private const int LongestGrapheme = 5;

    public string Normalize(string text)
    {
        var output = new StringBuilder(text.Length);
        ReadOnlySpan<char> rest = text;
        Span<byte> bytes = stackalloc byte[LongestGrapheme];
        while (!rest.IsEmpty)
        {
            ReadOnlySpan<char> grapheme = rest[..StringInfo.GetNextTextElementLength(rest)];
            rest = rest[grapheme.Length..];
            if (Encoding.UTF8.TryGetBytes(grapheme, bytes, out int written)
                && map.TryShortest(bytes[..written], out ReadOnlySpan<byte> whole))
            {
                output.Append(Encoding.UTF8.GetString(whole));
                continue;
            }

            foreach (Rune rune in grapheme.EnumerateRunes())
            {
                if (map.TryShortest(bytes[..rune.EncodeToUtf8(bytes)], out ReadOnlySpan<byte> single))
                    output.Append(Encoding.UTF8.GetString(single));
                else
                    output.Append(rune);
            }
        }

        return output.ToString();
    }
}
