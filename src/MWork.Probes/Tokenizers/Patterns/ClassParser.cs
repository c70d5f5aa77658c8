namespace MWork.Probes.Tokenizers.Patterns;

/// <summary>Escapes and bracketed classes in Oniguruma's syntax: classes nest and <c>&amp;&amp;</c> intersects.</summary>
internal static class ClassParser
{
    private const int DeepestNesting = 50;

    private static readonly Dictionary<string, string> LongNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Letter"] = "L",
        ["Mark"] = "M",
        ["Number"] = "N",
        ["Punctuation"] = "P",
        ["Symbol"] = "S",
        ["Separator"] = "Z",
        ["Other"] = "C",
        ["Punct"] = "P",
        ["Digit"] = "Nd",
        ["Any"] = "Any",
    };

    /// <summary>A class after its opening bracket.</summary>
    public static CharacterClass Bracketed(PatternReader reader, bool ignoreCase, int depth = 0)
    {
        if (depth > DeepestNesting)
            throw reader.Refuse("classes nest too deeply");
        bool negated = reader.Next("^");
        var whole = new CharacterClass { IgnoreCase = ignoreCase };
        CharacterClass current = whole;
        int items = 0;
        while (!reader.Next("]"))
        {
            if (reader.AtEnd)
                throw reader.Refuse("']' is missing");
            items++;
            if (reader.IsAt("[:"))
                throw reader.Refuse("POSIX brackets");
            if (reader.Next("["))
                current.Add(Bracketed(reader, ignoreCase, depth + 1));
            else if (reader.Next("&&"))
                current = current.And = new CharacterClass { IgnoreCase = ignoreCase };
            else
                ReadItem(reader, current);
        }

        if (items == 0)
            throw reader.Refuse("an empty class");

        // Negation is outermost: [^a&&b] is everything but a&&b.
        return negated ? CharacterClass.Not(whole) : whole;
    }

    /// <summary>What stands after a backslash, as a set; null where the letter means something else.</summary>
    public static CharacterClass? EscapedSet(PatternReader reader)
    {
        switch (reader.Current)
        {
            case 's': return Shorthand(CharacterClass.WhiteSpace, negated: false);
            case 'S': return Shorthand(CharacterClass.WhiteSpace, negated: true);
            case 'w': return Shorthand(CharacterClass.Word, negated: false);
            case 'W': return Shorthand(CharacterClass.Word, negated: true);
            case 'd': return Shorthand(CharacterClass.OfCategories(CharacterClass.MaskOf("Nd")), negated: false);
            case 'D': return Shorthand(CharacterClass.OfCategories(CharacterClass.MaskOf("Nd")), negated: true);
            case 'h': return Shorthand(HexDigits(), negated: false);
            case 'H': return Shorthand(HexDigits(), negated: true);
            case 'p' or 'P': return Property(reader);
            default: return null;
        }

        CharacterClass Shorthand(CharacterClass set, bool negated)
        {
            reader.Position++;
            return negated ? CharacterClass.Not(set) : set;
        }
    }

    /// <summary>What stands after a backslash, as one code point.</summary>
    public static int EscapedCodePoint(PatternReader reader)
    {
        int codePoint = reader.CodePoint();
        switch (codePoint)
        {
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'f': return '\f';
            case 'v': return '\v';
            case 'a': return '\a';
            case 'e': return 0x1B;
            case 'u': return reader.Hexadecimal(4, 4);
            case 'x' when reader.Next("{"):
                int braced = reader.Hexadecimal(1, 6);
                return reader.Next("}") ? braced : throw reader.Refuse("'}' is missing");
            case 'x': return reader.Hexadecimal(1, 2);
        }

        return codePoint < 128 && char.IsAsciiLetterOrDigit((char)codePoint)
            ? throw reader.Refuse($"the escape \\{(char)codePoint}")
            : codePoint;
    }

    private static void ReadItem(PatternReader reader, CharacterClass target)
    {
        if (Single(reader, out CharacterClass? set) is not { } first)
        {
            target.Add(set!);
            return;
        }

        if (!reader.IsAt("-") || reader.IsAt("-]") || reader.IsAt("-["))
        {
            target.Add(first);
            return;
        }

        reader.Next("-");
        int last = Single(reader, out _) ?? throw reader.Refuse("a range that ends in a class");
        if (last < first)
            throw reader.Refuse("a range that runs backwards");
        target.Add(first, last);
    }

    // One code point, or null and a set.
    private static int? Single(PatternReader reader, out CharacterClass? set)
    {
        set = null;
        if (!reader.Next("\\"))
            return reader.CodePoint();
        set = EscapedSet(reader);
        return set is null ? EscapedCodePoint(reader) : null;
    }

    private static CharacterClass HexDigits() => new CharacterClass().Add('0', '9').Add('a', 'f').Add('A', 'F');

    private static CharacterClass Property(PatternReader reader)
    {
        bool negated = reader.Current == 'P';
        reader.Position++;
        string name;
        if (reader.Next("{"))
        {
            negated ^= reader.Next("^");
            name = reader.Until('}');
        }
        else
        {
            name = char.ConvertFromUtf32(Math.Max(1, reader.CodePoint()));
        }

        uint mask = CharacterClass.MaskOf(LongNames.GetValueOrDefault(name, name));
        if (mask == 0)
            throw reader.Refuse($"the property '{name}'; supported: general categories such as L, Lu, N, P, S, Z, M, C");
        CharacterClass set = CharacterClass.OfCategories(mask);
        return negated ? CharacterClass.Not(set) : set;
    }
}
