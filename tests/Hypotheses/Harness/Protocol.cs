namespace MWork.Hypotheses.Harness;

/// <summary>
/// The numbers that decide a claim, fixed before any subject was measured. Each version of each claim's protocol stands in
/// <c>fixtures/protocols</c>, and <see cref="ProtocolTests"/> fails when a number moved and the version did not.
/// </summary>
public abstract record Protocol
{
    /// <summary>Raised with every change of a number.</summary>
    public required int Version { get; init; }

    public required ulong Seed { get; init; }
}
