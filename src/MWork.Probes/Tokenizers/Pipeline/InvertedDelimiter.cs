using MWork.Probes.Tokenizers.Patterns;

namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>Swaps what matches and what does not.</summary>
internal sealed class InvertedDelimiter(IDelimiter inner) : IDelimiter
{
    public void Find(string text, List<Stretch> output)
    {
        int start = output.Count;
        inner.Find(text, output);
        for (int i = start; i < output.Count; i++)
            output[i] = output[i] with { IsMatch = !output[i].IsMatch };
    }
}
