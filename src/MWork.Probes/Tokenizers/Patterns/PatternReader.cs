namespace MWork.Probes.Tokenizers.Patterns;

/// <summary>A place in a pattern's text, and the refusals that name it.</summary>
internal sealed class PatternReader(string pattern)
{
    public int Position { get; set; }

    public bool AtEnd => Position >= pattern.Length;

    public char Current => AtEnd ? '\0' : pattern[Position];

    public bool Next(string text)
    {
        if (string.CompareOrdinal(pattern, Position, text, 0, text.Length) != 0)
            return false;
        Position += text.Length;
        return true;
    }

    public bool IsAt(string text) => string.CompareOrdinal(pattern, Position, text, 0, text.Length) == 0;

    public int CodePoint()
    {
        if (AtEnd)
            throw Refuse("it ends too early");
        int codePoint = CodePoints.At(pattern, Position, out int length);
        Position += length;
        return codePoint;
    }

    /// <summary>The text up to <paramref name="end"/>, which is skipped.</summary>
    public string Until(char end)
    {
        int stop = pattern.IndexOf(end, Position);
        if (stop < 0)
            throw Refuse($"'{end}' is missing");
        string text = pattern[Position..stop];
        Position = stop + 1;
        return text;
    }

    public int? Number()
    {
        int start = Position;
        int value = 0;
        while (char.IsAsciiDigit(Current))
        {
            value = Math.Min(100_000, (10 * value) + Current - '0');
            Position++;
        }

        return Position == start ? null : value;
    }

    public int Hexadecimal(int minimum, int maximum)
    {
        int start = Position;
        int value = 0;
        while (Position - start < maximum && char.IsAsciiHexDigit(Current))
            value = (16 * value) + Convert.ToInt32(pattern[Position++].ToString(), 16);
        if (Position - start < minimum || value > 0x10FFFF)
            throw Refuse("an escaped code point is not valid");
        return value;
    }

    public FormatException Refuse(string why) =>
        new($"the pattern '{pattern}' is not supported: {why} (at character {Position}).");
}
