namespace MWork.Probes.Tokenizers.Pipeline;

/// <summary>What becomes of a delimiter (<c>SplitDelimiterBehavior</c> of the reference).</summary>
internal enum SplitBehavior
{
    Removed,
    Isolated,
    MergedWithPrevious,
    MergedWithNext,
    Contiguous,
}
