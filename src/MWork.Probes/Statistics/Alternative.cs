namespace MWork.Probes.Statistics;

/// <summary>Which departure from the null a test looks for.</summary>
public enum Alternative
{
    Greater,
    Less,
    TwoSided,
}
