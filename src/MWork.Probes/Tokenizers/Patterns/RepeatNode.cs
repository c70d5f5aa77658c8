namespace MWork.Probes.Tokenizers.Patterns;

/// <param name="Max">-1 for no limit.</param>
internal sealed record RepeatNode(PatternNode Body, int Min, int Max, Greed Greed) : PatternNode
{
    public override bool CanBeEmpty => Min == 0 || Body.CanBeEmpty;

    public override int? FixedLength => Min == Max ? Min * Body.FixedLength : null;
}
