using MWork.Probes.Randomness;
using MWork.Probes.Statistics;

namespace MWork.Probes.Evidence;

/// <summary>
/// How often a criterion errs, counted on facts drawn anew. The bound is moved to where the measured data have their value, the least favourable
/// null; all else stays.
/// </summary>
/// <param name="Nominal">The rate of Supported that the region's interval allows there: 2.5 %, for equivalence 5 %. NaN without a region.</param>
/// <param name="FalseSupport">The rate of Supported there; for equivalence at the upper bound, which is as bad as the lower.</param>
/// <param name="Power">The rate of Supported at twice the margin; for equivalence in the middle. No trials where the margin is zero or there is no region.</param>
/// <param name="SmallestDetectable">How far beyond its bound an effect must lie to be Supported in four runs of five; NaN for equivalence and without a region.</param>
/// <param name="Coverage">How often the interval holds the value.</param>
/// <param name="HasSpread">False where all facts have one value: then there is nothing to err about.</param>
public sealed record Calibration(
    double Nominal, SimulatedRate FalseSupport, SimulatedRate Power, double SmallestDetectable, SimulatedRate Coverage, bool HasSpread)
{
    /// <summary>Whether <see cref="FalseSupport"/> may be no more than <see cref="Nominal"/>, at 95 %.</summary>
    public bool IsCompatible => double.IsNaN(Nominal) || !HasSpread || FalseSupport.Interval.Low <= Nominal;

    /// <exception cref="ArgumentException">The finding cannot be redrawn.</exception>
    public static Calibration Of(Finding finding, int replicates, CounterRandom random)
    {
        Redraw redraw = finding.Redraw ?? throw new ArgumentException($"'{finding.Name}' does not say how to draw its facts anew.", nameof(finding));
        var intervals = new Interval[replicates];
        Parallel.For(0, replicates, replicate => intervals[replicate] = redraw.Again(random.Fork(replicate)));
        double truth = finding.Estimate;
        SimulatedRate coverage = Rate(interval => interval.Low <= truth && truth <= interval.High);
        bool hasSpread = intervals.Any(interval => interval.High > interval.Low);
        if (finding.Region is not { } region)
        {
            return new Calibration(double.NaN, default, default, double.NaN, coverage, hasSpread);
        }

        double nominal = (1 - region.IntervalLevel()) / 2;
        if (region.Kind == RegionKind.Inside)
        {
            double width = region.High - region.Low;
            return new Calibration(
                nominal,
                Rate(interval => interval.High <= truth && interval.Low >= truth - width),
                Rate(interval => interval.High <= truth + (width / 2) && interval.Low >= truth - (width / 2)),
                double.NaN,
                coverage,
                hasSpread);
        }

        // Below is Above with the sign turned: by how much the interval's deciding end lies beyond the truth, towards Supported.
        double sign = region.Kind == RegionKind.Above ? 1 : -1;
        double margin = sign * (region.Kind == RegionKind.Above ? region.Low : region.High);
        Func<Interval, double> excess = region.Kind == RegionKind.Above ? interval => interval.Low - truth : interval => truth - interval.High;
        return new Calibration(
            nominal,
            Rate(interval => excess(interval) > 0),
            margin > 0 ? Rate(interval => excess(interval) > -margin) : default,
            Quantiles.Of([.. intervals.Select(interval => -excess(interval)).Order()], MWork.Probes.Statistics.Power.Target),
            coverage,
            hasSpread);

        SimulatedRate Rate(Func<Interval, bool> happens)
        {
            int successes = intervals.Count(happens);
            return new SimulatedRate(successes, replicates, Proportion.ClopperPearson(successes, replicates));
        }
    }
}
