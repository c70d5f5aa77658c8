using System.Text;

namespace MWork.Probes.Tokenizers.Patterns;

/// <summary>Code points that differ from one only in case, by simple case folding (one code point to one).</summary>
internal static class CaseVariants
{
    // The folds that upper and lower casing alone do not connect: long s, Kelvin, Angstrom, sharp s, and the Greek doubles.
    private static readonly int[][] Extra =
    [
        ['s', 'S', 0x17F], ['k', 'K', 0x212A], [0xE5, 0xC5, 0x212B], [0xDF, 0x1E9E], [0x3BC, 0x39C, 0xB5], [0x3C3, 0x3A3, 0x3C2],
        [0x3B2, 0x392, 0x3D0], [0x3B5, 0x395, 0x3F5], [0x3B8, 0x398, 0x3D1, 0x3F4], [0x3B9, 0x399, 0x345, 0x1FBE],
        [0x3BA, 0x39A, 0x3F0], [0x3C0, 0x3A0, 0x3D6], [0x3C1, 0x3A1, 0x3F1], [0x3C6, 0x3A6, 0x3D5], [0x3C9, 0x3A9, 0x2126],
        [0x1E61, 0x1E60, 0x1E9B],
    ];

    public static IEnumerable<int> Of(int codePoint)
    {
        if (!Rune.TryCreate(codePoint, out Rune rune))
            yield break;
        yield return Rune.ToLowerInvariant(rune).Value;
        yield return Rune.ToUpperInvariant(rune).Value;
        foreach (int[] family in Extra)
        {
            if (!family.Contains(codePoint))
                continue;
            foreach (int variant in family)
                yield return variant;
        }
    }
}
