using MWork.Probes.Evidence;
using MWork.Probes.Statistics;

namespace MWork.Probes.Report;

/// <summary>
/// How likely a criterion would be Supported if the true effect were another, as the data turned out to scatter: the normal approximation of
/// <see cref="Power"/> with the standard error that the interval implies.
/// </summary>
internal static class PowerCurves
{
    private const int Points = 61;

    // More lines than these are a crowd: the ends and the middle of it are named.
    private const int MostNamed = 6;

    /// <summary>Null where there is no region, or no subject whose data scatter.</summary>
    public static Picture? Of(Criterion criterion, IReadOnlyList<(string Subject, Finding Finding)> findings, string name)
    {
        if (criterion.Region is not { } region)
            return null;
        (string Subject, double Error, double Level)[] spreads =
        [
            .. findings
                .Where(f => f.Finding.Interval is { IsDefined: true, Level: > 0 and < 1 } interval && double.IsFinite(interval.Width) && interval.Width > 0)
                .Select(f => (f.Subject, Error(f.Finding.Interval), f.Finding.Interval.Level))
                .OrderBy(spread => spread.Item2),
        ];
        if (spreads.Length == 0)
            return null;

        double margin = region.Kind == RegionKind.Inside ? (region.High - region.Low) / 2 : Math.Abs(region.Kind == RegionKind.Above ? region.Low : region.High);
        (double from, double to) = Reach(region, margin, spreads[spreads.Length / 2].Error);
        HashSet<int> named = spreads.Length <= MostNamed ? [.. Enumerable.Range(0, spreads.Length)] : [0, spreads.Length / 2, spreads.Length - 1];
        ChartSeries[] lines = [.. spreads.Select((spread, i) => new ChartSeries(
            region.Kind == RegionKind.Inside ? spread.Subject : $"{spread.Subject}: finds {Figures.Number(Detectable(region, spread.Error, spread.Level))}",
            1 + (Math.Max(0, named.Order().ToList().IndexOf(i)) % MostNamed),
            [.. Enumerable.Range(0, Points).Select(k => from + ((to - from) * k / (Points - 1)))
                .Select(effect => new ChartPoint(effect, At(region, effect, spread.Error, spread.Level)))]))];
        return new LineChart
        {
            Name = name,
            Title = criterion.Name,
            Description = $"Probability of Supported for {criterion.Name} by true effect, one line per subject.",
            XLabel = $"true effect, {criterion.Unit}",
            YLabel = "chance of Supported",
            YRange = (0, 1),
            CountsX = false,
            NamesBelow = true,
            Series = [.. lines.Where((_, i) => named.Contains(i))],
            Crowd = [.. lines.Where((_, i) => !named.Contains(i))],
            Levels = [new ChartLevel("0.8", Power.Target)],
            Bounds = [.. ((double[])[region.Low, region.High]).Where(bound => double.IsFinite(bound) && bound >= from && bound <= to)],
            Table = new PictureTable(
                ["subject", "standard error", "found with power 0.8", region.Kind == RegionKind.Inside ? "power in the middle" : "power at twice the margin"],
                [.. spreads.Select(spread => (IReadOnlyList<string>)[
                    spread.Subject,
                    Figures.Number(spread.Error),
                    Figures.Number(Detectable(region, spread.Error, spread.Level)),
                    margin > 0 ? Figures.Number(At(region, Beyond(region, margin), spread.Error, spread.Level)) : Figures.None])]),
        }.Draw();
    }

    private static double Error(Interval interval) =>
        interval.Width / (2 * Power.SmallestDetectable(0, 1, 1, power: 0.5, level: interval.Level));

    private static double At(Region region, double effect, double error, double level) => region.Kind switch
    {
        RegionKind.Above => Power.OfMean(effect, region.Low, error, 1, level),
        RegionKind.Below => Power.OfMean(-effect, -region.High, error, 1, level),
        _ => Power.OfEquivalence((region.High - region.Low) / 2, error, 1, effect - ((region.High + region.Low) / 2), level),
    };

    private static double Detectable(Region region, double error, double level) => region.Kind switch
    {
        RegionKind.Above => Power.SmallestDetectable(region.Low, error, 1, level: level),
        RegionKind.Below => -Power.SmallestDetectable(-region.High, error, 1, level: level),
        _ => double.NaN,
    };

    private static double Beyond(Region region, double margin) => region.Kind switch
    {
        RegionKind.Above => region.Low + margin,
        RegionKind.Below => region.High - margin,
        _ => (region.Low + region.High) / 2,
    };

    private static (double From, double To) Reach(Region region, double margin, double error) => region.Kind switch
    {
        RegionKind.Above => (region.Low, region.Low + Math.Max(margin, 5 * error)),
        RegionKind.Below => (region.High - Math.Max(margin, 5 * error), region.High),
        _ => (region.Low - (margin / 4), region.High + (margin / 4)),
    };
}
