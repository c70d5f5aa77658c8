using MWork.Probes.Statistics;

namespace MWork.Probes.Evidence;

/// <summary>How intervals become verdicts, and several verdicts one.</summary>
public static class VerdictRule
{
    /// <summary>
    /// Supported if the interval lies inside the region, Refuted if it lies inside the complement, else Inconclusive. Without a region:
    /// Measured. An interval that is undefined is Invalid, with or without a region; one with infinite ends is compared as any other.
    /// </summary>
    public static Verdict Decide(Interval interval, Region? region)
    {
        if (!interval.IsDefined)
            return Verdict.Invalid;
        if (region is null)
            return Verdict.Measured;
        return region.Contains(interval) ? Verdict.Supported : region.Excludes(interval) ? Verdict.Refuted : Verdict.Inconclusive;
    }

    /// <summary>
    /// The verdict of a claim whose criteria must all hold. One that is refuted refutes the claim, whatever became of the others; then
    /// one that is invalid makes it Invalid; all supported is Supported. Measured criteria have no vote unless there are no others.
    /// </summary>
    /// <remarks>
    /// Supported keeps the level of one criterion (an intersection–union test, Berger 1982). Refuted by any of k criteria errs up to
    /// k times as often as one does.
    /// </remarks>
    /// <returns>Invalid for no verdict at all.</returns>
    public static Verdict All(IEnumerable<Verdict> criteria)
    {
        Verdict[] all = [.. criteria];
        Verdict[] voting = [.. all.Where(verdict => verdict != Verdict.Measured)];
        if (voting.Contains(Verdict.Refuted))
            return Verdict.Refuted;
        if (voting.Contains(Verdict.Invalid) || all.Length == 0)
            return Verdict.Invalid;
        if (voting.Length == 0)
            return Verdict.Measured;
        return voting.All(verdict => verdict == Verdict.Supported) ? Verdict.Supported : Verdict.Inconclusive;
    }

    /// <summary>
    /// The verdict on two statistics of one effect, such as the drop in log-odds and the chance-corrected ratio: theirs if they agree,
    /// Invalid if either is, else Inconclusive. A Measured one names no region and cannot disagree.
    /// </summary>
    public static Verdict Agree(Verdict first, Verdict second)
    {
        if (first == Verdict.Invalid || second == Verdict.Invalid)
            return Verdict.Invalid;
        if (first == second || second == Verdict.Measured)
            return first;
        return first == Verdict.Measured ? second : Verdict.Inconclusive;
    }
}
