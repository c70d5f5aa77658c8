namespace MWork.Probes.Tokenizers.Patterns;

internal enum Greed
{
    Greedy,
    Lazy,
    Possessive,
}
