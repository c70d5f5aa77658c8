using System.Globalization;
using System.Text.Json.Serialization;
using MWork.Probes.Statistics;

namespace MWork.Probes.Evidence;

/// <summary>
/// The values of a statistic for which a claim holds. A bound belongs to the side that the claim has to beat: it is outside
/// <c>Above</c> and <c>Below</c> (the effect must be larger than the smallest that matters) and inside <c>Inside</c> (equivalence
/// up to the margins).
/// </summary>
public sealed record Region
{
    /// <exception cref="ArgumentException">The bounds do not go with the kind.</exception>
    [JsonConstructor]
    public Region(RegionKind kind, double low, double high)
    {
        bool fits = kind switch
        {
            RegionKind.Above => double.IsFinite(low) && double.IsPositiveInfinity(high),
            RegionKind.Below => double.IsNegativeInfinity(low) && double.IsFinite(high),
            RegionKind.Inside => double.IsFinite(low) && double.IsFinite(high) && low < high,
            _ => false,
        };
        if (!fits)
            throw new ArgumentException($"A region {kind} has no bounds {low} and {high}.", nameof(kind));
        (Kind, Low, High) = (kind, low, high);
    }

    public RegionKind Kind { get; }

    public double Low { get; }

    public double High { get; }

    /// <summary>Everything larger than <paramref name="bound"/>.</summary>
    public static Region Above(double bound) => new(RegionKind.Above, bound, double.PositiveInfinity);

    /// <summary>Everything smaller than <paramref name="bound"/>.</summary>
    public static Region Below(double bound) => new(RegionKind.Below, double.NegativeInfinity, bound);

    /// <summary>From <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public static Region Inside(double low, double high) => new(RegionKind.Inside, low, high);

    /// <summary>
    /// The level at which an interval is compared with this region: 95 %, and 90 % for equivalence, where both one-sided tests are at
    /// 5 %. For <paramref name="rows"/> languages that are to hold together the error is divided by their number.
    /// </summary>
    public double IntervalLevel(int rows = 1) =>
        MultipleTesting.BonferroniLevel(rows, Kind == RegionKind.Inside ? Equivalence.IntervalLevel : 1 - MultipleTesting.Alpha);

    /// <summary>True if every value of the interval belongs to the region; false if it is undefined.</summary>
    public bool Contains(Interval interval) => interval.IsDefined && Kind switch
    {
        RegionKind.Above => interval.Low > Low,
        RegionKind.Below => interval.High < High,
        _ => interval.Low >= Low && interval.High <= High,
    };

    /// <summary>True if no value of the interval belongs to the region; false if it is undefined.</summary>
    public bool Excludes(Interval interval) => interval.IsDefined && Kind switch
    {
        RegionKind.Above => interval.High <= Low,
        RegionKind.Below => interval.Low >= High,
        _ => interval.High < Low || interval.Low > High,
    };

    public override string ToString() => Kind switch
    {
        RegionKind.Above => string.Create(CultureInfo.InvariantCulture, $"> {Low:0.00##}"),
        RegionKind.Below => string.Create(CultureInfo.InvariantCulture, $"< {High:0.00##}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"in [{Low:0.00##}, {High:0.00##}]"),
    };
}
