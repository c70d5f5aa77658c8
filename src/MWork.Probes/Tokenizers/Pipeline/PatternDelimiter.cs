using MWork.Probes.Tokenizers.Patterns;

namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>A regular expression.</summary>
internal sealed class PatternDelimiter(Pattern pattern) : IDelimiter
{
    public void Find(string text, List<Stretch> output) => pattern.FindAll(text, output);
}
