namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>The word-end marker of the original BPE to spaces.</summary>
internal sealed class WordEndDecoder(string suffix) : IDecoder
{
    public List<string> Decode(List<string> tokens)
    {
        for (int i = 0; i < tokens.Count && suffix.Length > 0; i++)
            tokens[i] = tokens[i].Replace(suffix, i == tokens.Count - 1 ? string.Empty : " ", StringComparison.Ordinal);
        return tokens;
    }
}
