namespace MWork.Probes.Tokenizers.Patterns;

internal sealed record SequenceNode(IReadOnlyList<PatternNode> Items) : PatternNode
{
    public override bool CanBeEmpty => Items.All(item => item.CanBeEmpty);

    public override int? FixedLength => Items.Aggregate((int?)0, (sum, item) => sum + item.FixedLength);
}
