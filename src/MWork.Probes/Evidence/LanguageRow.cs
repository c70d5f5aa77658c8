using MWork.Probes.Statistics;

namespace MWork.Probes.Evidence;

/// <summary>One language's share in a <see cref="Finding"/>; it does not decide the claim.</summary>
/// <param name="Interval">At 1 − α/m for m languages (<see cref="Region.IntervalLevel"/>).</param>
/// <param name="P">Raw p; NaN if there was no test.</param>
/// <param name="N">Units, which are facts or parallel sentences.</param>
public sealed record LanguageRow(string Language, double Estimate, Interval Interval, double P, int N, Verdict Verdict)
{
    public static LanguageRow Of(string language, Estimate estimate, Region? region, double p = double.NaN) =>
        new(language, estimate.Value, estimate.Interval, p, estimate.N, VerdictRule.Decide(estimate.Interval, region));
}
