namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>The way back: rewrites the list of tokens, which is then joined without anything in between.</summary>
internal interface IDecoder
{
    List<string> Decode(List<string> tokens);
}
