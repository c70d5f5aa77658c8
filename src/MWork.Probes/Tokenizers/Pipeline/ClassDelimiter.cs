using MWork.Probes.Tokenizers.Patterns;

namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>Each single code point of a class.</summary>
internal sealed class ClassDelimiter(CharacterClass set) : IDelimiter
{
    public void Find(string text, List<Stretch> output)
    {
        int done = 0;
        for (int i = 0; i < text.Length;)
        {
            int start = i;
            bool match = set.Contains(CodePoints.At(text, i, out int length));
            i += length;
            if (!match)
                continue;
            if (done < start)
                output.Add(new Stretch(done, start, IsMatch: false));
            output.Add(new Stretch(start, i, IsMatch: true));
            done = i;
        }

        if (done < text.Length)
            output.Add(new Stretch(done, text.Length, IsMatch: false));
    }
}
