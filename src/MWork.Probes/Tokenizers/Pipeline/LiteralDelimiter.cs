using MWork.Probes.Tokenizers.Patterns;

namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>Each occurrence of a string.</summary>
internal sealed class LiteralDelimiter(string literal) : IDelimiter
{
    public void Find(string text, List<Stretch> output)
    {
        int done = 0;
        while (literal.Length > 0 && text.IndexOf(literal, done, StringComparison.Ordinal) is >= 0 and int found)
        {
            if (done < found)
                output.Add(new Stretch(done, found, IsMatch: false));
            done = found + literal.Length;
            output.Add(new Stretch(found, done, IsMatch: true));
        }

        if (done < text.Length)
            output.Add(new Stretch(done, text.Length, IsMatch: false));
    }
}
