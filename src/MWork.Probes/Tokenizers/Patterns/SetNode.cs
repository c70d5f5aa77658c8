namespace MWork.Probes.Tokenizers.Patterns;

internal sealed record SetNode(CharacterClass Set) : PatternNode
{
    public override bool CanBeEmpty => false;

    public override int? FixedLength => 1;
}
