namespace MWork.Probes.Models.Generation;

/// <summary>Why a continuation ended.</summary>
public enum EndReason
{
    /// <summary>A stop token was generated; it is the last of the ids.</summary>
    StopToken,

    /// <summary>As many tokens were generated as were asked for.</summary>
    MaxNewTokens,

    /// <summary>The model has no position left to read the last token at.</summary>
    MaxPositions,
}
