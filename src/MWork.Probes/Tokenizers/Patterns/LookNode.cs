namespace MWork.Probes.Tokenizers.Patterns;

internal sealed record LookNode(PatternNode Body, bool Behind, bool Negated) : PatternNode
{
    public override bool CanBeEmpty => true;

    public override int? FixedLength => 0;
}
