using MWork.Probes.Tokenizers.Patterns;

namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>Reads <c>{"Regex": …}</c> or <c>{"String": …}</c>.</summary>
internal static class Delimiters
{
    public static IDelimiter Read(JsonField pattern)
    {
        if (pattern.IsText)
            return new LiteralDelimiter(pattern.Text());
        if (pattern.Find("String") is { } literal)
            return new LiteralDelimiter(literal.Text());
        JsonField regex = pattern["Regex"];
        try
        {
            return new PatternDelimiter(new Pattern(regex.Text()));
        }
        catch (FormatException e) when (e is not TokenizerFormatException)
        {
            throw regex.Refuse(e.Message);
        }
    }
}
