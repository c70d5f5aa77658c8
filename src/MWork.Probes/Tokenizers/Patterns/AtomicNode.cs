namespace MWork.Probes.Tokenizers.Patterns;

internal sealed record AtomicNode(PatternNode Body) : PatternNode
{
    public override bool CanBeEmpty => Body.CanBeEmpty;

    public override int? FixedLength => Body.FixedLength;
}
