using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MWork.Probes.Text;

/// <summary>
/// SHA-256 over text, in lower-case hex. It is how "this text never trained" is checked, so text that a reader takes for the same
/// must hash the same: runs of white space count as one space, and outer white space does not count.
/// </summary>
/// <remarks>
/// Composed and decomposed letters hash differently: under invariant globalization the runtime cannot normalise. Sources are
/// required to be composed (NFC) where they are read.
/// </remarks>
public static class ContentHash
{
    /// <summary>The hash of <paramref name="text"/>.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Convert.ToHexStringLower(Digest(text));
    }

    /// <summary>The hash of the tokens joined by single spaces.</summary>
    public static string Of(IEnumerable<string> tokens) => Of(string.Join(' ', tokens));

    /// <summary>One hash for several, in their order; the hash of no hashes is that of the empty text.</summary>
    public static string Combine(IEnumerable<string> hashes) => Of(string.Join(' ', hashes));

    /// <summary>
    /// A number in [0, 1) that depends on the text alone: the first 53 bits of its hash. Splits made by it do not move when other
    /// items are added.
    /// </summary>
    public static double Fraction(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return (BinaryPrimitives.ReadUInt64BigEndian(Digest(text)) >> 11) * (1.0 / (1UL << 53));
    }

    private static byte[] Digest(string text) => SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
}
