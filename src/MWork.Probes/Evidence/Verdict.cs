namespace MWork.Probes.Evidence;

/// <summary>What a run says about a claim.</summary>
public enum Verdict
{
    /// <summary>The interval lies inside the claim's region.</summary>
    Supported,

    /// <summary>The interval lies inside the region's complement.</summary>
    Refuted,

    /// <summary>The interval reaches into both.</summary>
    Inconclusive,

    /// <summary>A precondition failed: the model cannot do the task, too few items or controls, no defined interval.</summary>
    Invalid,

    /// <summary>The claim names no region.</summary>
    Measured,
}
