namespace MWork.Probes.Tokenizers.Patterns;

internal sealed record AssertionNode(Assertion Kind) : PatternNode
{
    public override bool CanBeEmpty => true;

    public override int? FixedLength => 0;
}
