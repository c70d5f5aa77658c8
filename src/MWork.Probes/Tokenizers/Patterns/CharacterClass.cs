using System.Globalization;

namespace MWork.Probes.Tokenizers.Patterns;

/// <summary>
/// A set of code points: a union of ranges, general categories and other classes, optionally intersected, case-blind or
/// negated. .NET's own regexes see UTF-16 units, so that there <c>\p{L}</c> misses every letter beyond U+FFFF.
/// </summary>
internal sealed class CharacterClass
{
    private const uint AllCategories = (1u << 30) - 1;

    private readonly List<(int First, int Last)> _ranges = [];
    private readonly List<CharacterClass> _parts = [];
    private uint _categories;
    private ulong _asciiLow;
    private ulong _asciiHigh;
    private bool _asciiKnown;

    public static CharacterClass WhiteSpace { get; } = new CharacterClass()
        .Add(0x09, 0x0D).Add(0x20).Add(0x85).Add(0xA0).Add(0x1680).Add(0x2000, 0x200A).Add(0x2028, 0x2029).Add(0x202F)
        .Add(0x205F).Add(0x3000);

    /// <summary>Alphabetic, Mark, Decimal_Number, Connector_Punctuation: Oniguruma's <c>\w</c>.</summary>
    public static CharacterClass Word { get; } = new CharacterClass()
        .AddCategories(MaskOf("L") | MaskOf("M") | MaskOf("Nd") | MaskOf("Nl") | MaskOf("Pc"))
        .Add(0x24B6, 0x24E9).Add(0x1F130, 0x1F149).Add(0x1F150, 0x1F169).Add(0x1F170, 0x1F189);

    /// <summary>Another class that must hold too (<c>&amp;&amp;</c>).</summary>
    public CharacterClass? And { get; set; }

    public bool IgnoreCase { get; set; }

    public bool Negated { get; set; }

    public static CharacterClass Of(int codePoint) => new CharacterClass().Add(codePoint);

    public static CharacterClass OfCategories(uint mask) => new CharacterClass().AddCategories(mask);

    public static CharacterClass Not(CharacterClass inner) => new CharacterClass { Negated = true }.Add(inner);

    /// <summary>Bits of the general categories a name such as <c>L</c> or <c>Lu</c> stands for, 0 for an unknown name.</summary>
    public static uint MaskOf(string name)
    {
        const string Names = "Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Zs Zl Zp Cc Cf Cs Co Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Cn ";
        if (name is "Any")
            return AllCategories;
        uint mask = 0;
        for (int i = 0; i < 30; i++)
        {
            if (name.Length is 1 or 2 && Names.AsSpan(3 * i, 2).StartsWith(name, StringComparison.Ordinal))
                mask |= 1u << i;
        }

        return mask;
    }

    public CharacterClass Add(int codePoint) => Add(codePoint, codePoint);

    public CharacterClass Add(int first, int last)
    {
        _ranges.Add((first, last));
        return this;
    }

    public CharacterClass Add(CharacterClass part)
    {
        _parts.Add(part);
        return this;
    }

    public CharacterClass AddCategories(uint mask)
    {
        _categories |= mask;
        return this;
    }

    public bool Contains(int codePoint)
    {
        if (codePoint >= 128)
            return Compute(codePoint);
        if (!_asciiKnown)
            FillAscii();
        return codePoint < 64 ? (_asciiLow >> codePoint & 1) != 0 : (_asciiHigh >> (codePoint - 64) & 1) != 0;
    }

    private void FillAscii()
    {
        ulong low = 0;
        ulong high = 0;
        for (int i = 0; i < 64; i++)
        {
            low |= Compute(i) ? 1UL << i : 0;
            high |= Compute(64 + i) ? 1UL << i : 0;
        }

        _asciiLow = low;
        _asciiHigh = high;
        Volatile.Write(ref _asciiKnown, true);
    }

    private bool Compute(int codePoint)
    {
        bool found = IsListed(codePoint) || (IgnoreCase && CaseVariants.Of(codePoint).Any(IsListed));
        return (found && (And is null || And.Contains(codePoint))) != Negated;
    }

    private bool IsListed(int codePoint)
    {
        if (_categories != 0 && (_categories >> (int)CharUnicodeInfo.GetUnicodeCategory(codePoint) & 1) != 0)
            return true;
        foreach ((int first, int last) in _ranges)
        {
            if (codePoint >= first && codePoint <= last)
                return true;
        }

        foreach (CharacterClass part in _parts)
        {
            if (part.Contains(codePoint))
                return true;
        }

        return false;
    }
}
