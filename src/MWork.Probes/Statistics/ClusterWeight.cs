namespace MWork.Probes.Statistics;

/// <summary>What a fact weighs in a mean over rows that are nested in facts.</summary>
public enum ClusterWeight
{
    /// <summary>Every fact the same, however many prompts it was asked in.</summary>
    Fact,

    /// <summary>Every row the same.</summary>
    Row,
}
