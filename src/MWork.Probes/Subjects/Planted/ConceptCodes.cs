using System.Numerics;
using MWork.Probes.Randomness;

namespace MWork.Probes.Subjects.Planted;

/// <summary>
/// The vectors that stand for concepts. A concept's code is a word of the extended binary Golay code [24, 12, 8], written as
/// signs over √24: any two of its 4096 words have cosine 1/3, 0, −1/3 or −1, so that a gate with a threshold above 1/3 opens for
/// one concept only. Numbers are the unit vectors instead: they add without overlap, and their cosine with any Golay word is
/// ±1/√24.
/// </summary>
internal sealed class ConceptCodes
{
    public const int Size = 24;

    private const int MessageBits = 12;
    private const int Generator = 0xC75; // x¹¹ + x¹⁰ + x⁶ + x⁵ + x⁴ + x² + 1, of the cyclic code [23, 12, 7]

    private readonly Dictionary<string, float[]> _codes = new(StringComparer.Ordinal);
    private readonly int[] _messages;
    private int _dealt;

    /// <param name="seed">Decides which concept gets which word.</param>
    /// <param name="numbers">Concepts that are numbers, at most <see cref="Size"/>.</param>
    public ConceptCodes(ulong seed, IReadOnlyList<string> numbers)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(numbers.Count, Size, nameof(numbers));
        _messages = new CounterRandom(seed, "codes").Sample(1 << MessageBits, 1 << MessageBits);
        for (int i = 0; i < numbers.Count; i++)
        {
            _codes[numbers[i]] = new float[Size];
            _codes[numbers[i]][i] = 1;
        }
    }

    /// <summary>The code of that name, [24], of length 1; a name's first use deals it one.</summary>
    public float[] this[string name]
    {
        get
        {
            if (_codes.TryGetValue(name, out float[]? code))
            {
                return code;
            }

            int word = GolayWord(_messages[_dealt++]);
            float size = 1 / (float)Math.Sqrt(Size);
            return _codes[name] = [.. Enumerable.Range(0, Size).Select(i => ((word >> i) & 1) == 0 ? size : -size)];
        }
    }

    /// <summary>The word of a 12-bit message: its product with the generator over GF(2), and a parity bit.</summary>
    internal static int GolayWord(int message)
    {
        int word = 0;
        for (int bit = 0; bit < MessageBits; bit++)
        {
            word ^= ((message >> bit) & 1) * (Generator << bit);
        }

        return word | ((BitOperations.PopCount((uint)word) & 1) << (Size - 1));
    }
}
