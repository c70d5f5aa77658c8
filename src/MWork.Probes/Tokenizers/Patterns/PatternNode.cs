namespace MWork.Probes.Tokenizers.Patterns;

/// <summary>The syntax tree of a pattern.</summary>
internal abstract record PatternNode
{
    /// <summary>Whether it can match nothing.</summary>
    public abstract bool CanBeEmpty { get; }

    /// <summary>How many code points it always takes, or null if that varies.</summary>
    public abstract int? FixedLength { get; }
}
