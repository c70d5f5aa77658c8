namespace MWork.Probes.Tokenizers.Pipeline;

internal sealed class FuseDecoder : IDecoder
{
    public List<string> Decode(List<string> tokens) => [string.Concat(tokens)];
}
