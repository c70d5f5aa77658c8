using System.Buffers.Binary;

namespace MWork.Probes.Tokenizers.SentencePiece;

/// <summary>
/// SentencePiece's <c>precompiled_charsmap</c>: a darts-clone double array from UTF-8 strings to offsets into a pool of
/// zero-terminated replacements (<c>normalizer.cc</c>, <c>darts.h</c>). A damaged array reads as "no match".
/// </summary>
internal sealed class CharacterMap
{
    private readonly uint[] _units;
    private readonly byte[] _pool;

    private CharacterMap(uint[] units, byte[] pool)
    {
        _units = units;
        _pool = pool;
    }

    /// <summary>The map, or null and what is wrong with it.</summary>
    public static CharacterMap? Read(byte[] blob, out string problem)
    {
        problem = string.Empty;
        uint size = blob.Length < 4 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(blob);
        if (size == 0 || size % 4 != 0 || size >= blob.Length - 4)
        {
            problem = $"'precompiled_charsmap' gives {size} bytes to a trie in {blob.Length} bytes.";
            return null;
        }

        uint[] units = new uint[size / 4];
        for (int i = 0; i < units.Length; i++)
            units[i] = BinaryPrimitives.ReadUInt32LittleEndian(blob.AsSpan(4 + (4 * i)));
        return new CharacterMap(units, blob[(4 + (int)size)..]);
    }

    /// <summary>The longest prefix that is mapped, its length in bytes and what it becomes.</summary>
    public bool TryLongest(ReadOnlySpan<byte> utf8, out int length, out ReadOnlySpan<byte> replacement) =>
        TryFind(utf8, longest: true, out length, out replacement);

    /// <summary>The shortest mapped prefix: what the tokenizers library takes for the whole grapheme.</summary>
    public bool TryShortest(ReadOnlySpan<byte> utf8, out ReadOnlySpan<byte> replacement) =>
        TryFind(utf8, longest: false, out _, out replacement);

    private bool TryFind(ReadOnlySpan<byte> utf8, bool longest, out int length, out ReadOnlySpan<byte> replacement)
    {
        length = 0;
        uint value = 0;
        uint node = Offset(_units[0]);
        for (int i = 0; i < utf8.Length; i++)
        {
            node ^= utf8[i];
            if (node >= _units.Length || (_units[node] & 0x800000FF) != utf8[i])
                break;
            uint unit = _units[node];
            node ^= Offset(unit);
            if (node >= _units.Length)
                break;
            if ((unit >> 8 & 1) == 0)
                continue;
            value = _units[node] & 0x7FFFFFFF;
            length = i + 1;
            if (!longest)
                break;
        }

        replacement = default;
        if (length == 0 || value >= _pool.Length)
            return false;
        replacement = _pool.AsSpan((int)value);
        int end = replacement.IndexOf((byte)0);
        replacement = end < 0 ? replacement : replacement[..end];
        return true;
    }

    private static uint Offset(uint unit) => unit >> 10 << (int)((unit & 0x200) >> 6);
}
