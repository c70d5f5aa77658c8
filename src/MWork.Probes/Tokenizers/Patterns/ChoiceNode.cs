namespace MWork.Probes.Tokenizers.Patterns;

internal sealed record ChoiceNode(IReadOnlyList<PatternNode> Options) : PatternNode
{
    public override bool CanBeEmpty => Options.Any(option => option.CanBeEmpty);

    public override int? FixedLength =>
        Options.All(option => option.FixedLength == Options[0].FixedLength) ? Options[0].FixedLength : null;
}
