namespace MWork.Probes.Statistics;

/// <summary>How an interval is read off the replicates.</summary>
public enum BootstrapMethod
{
    /// <summary>Bias-corrected and accelerated (Efron 1987; Efron &amp; Tibshirani 1993, 14.3).</summary>
    Bca,

    /// <summary>The quantiles of the replicates as they are.</summary>
    Percentile,
}
