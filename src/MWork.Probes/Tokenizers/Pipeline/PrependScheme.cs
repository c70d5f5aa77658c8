namespace MWork.Probes.Tokenizers.Pipeline;

internal enum PrependScheme
{
    Always,
    First,
    Never,
}
