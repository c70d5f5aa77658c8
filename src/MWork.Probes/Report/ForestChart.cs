using MWork.Probes.Evidence;
using MWork.Probes.Statistics;

namespace MWork.Probes.Report;

/// <summary>One line of a <see cref="ForestChart"/>.</summary>
/// <param name="Note">Why there is no interval; null where there is one.</param>
public sealed record ForestRow(string Name, double Estimate, Interval Interval, Verdict Verdict, string? Note);

/// <summary>Estimates with their intervals against the claim's region, one below the other, each with its name and numbers.</summary>
public sealed class ForestChart
{
    private const double Width = 360;
    private const double RowHeight = 38;
    private const double Top = 44;
    private const double Inset = 6;

    // Half the height of the strip that an interval lies on.
    private const double Track = 7;

    public required string Name { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    public required string Unit { get; init; }

    /// <summary>Null for what is only measured.</summary>
    public required Region? Region { get; init; }

    public required IReadOnlyList<ForestRow> Rows { get; init; }

    public Picture Draw()
    {
        IEnumerable<double> bounds = Region is null ? [] : ((double[])[Region.Low, Region.High]).Where(double.IsFinite);
        Scale x = Scale.Over(
            Rows.SelectMany(row => (double[])[row.Estimate, row.Interval.Low, row.Interval.High]).Concat(bounds).Append(0), Inset, Width - Inset, steps: 6);
        double floor = Top + (RowHeight * Rows.Count);
        var body = new Markup();
        foreach (double tick in x.Ticks)
            body.Add($"""<text class="q" x="{x.At(tick)}" y="{floor + 15}" text-anchor="{Anchor(tick, x)}">{x.Label(tick)}</text>""");

        for (int i = 0; i < Rows.Count; i++)
        {
            if (Exists(Rows[i]))
                DrawTrack(body, x, Top + (RowHeight * i) + 24, bounds);
            DrawRow(body, Rows[i], x, Top + (RowHeight * i));
        }

        return Picture.Of(Name, Title, Region is null ? $"{Unit}, measured only" : $"{Unit}; claimed {Words(Region)}", Description, Width, floor + 22, body, Numbers());
    }

    // The region and the ticks run behind the interval only, so that no line crosses a name.
    private void DrawTrack(Markup body, Scale x, double y, IEnumerable<double> bounds)
    {
        body.Add($"""<rect class="zone" x="{x.At(x.Low)}" y="{y - Track}" width="{x.At(x.High) - x.At(x.Low)}" height="{2 * Track}"/>""");
        if (Region is not null)
        {
            (double low, double high) = (x.At(Math.Max(Region.Low, x.Low)), x.At(Math.Min(Region.High, x.High)));
            body.Add($"""<rect class="region" x="{low}" y="{y - Track}" width="{high - low}" height="{2 * Track}"/>""");
        }

        foreach (double tick in x.Ticks)
            body.Add($"""<path class="{(tick == 0 ? "axis" : "grid")}" d="M{x.At(tick)} {y - Track}v{2 * Track}"/>""");
        foreach (double bound in bounds)
            body.Add($"""<path class="bound" d="M{x.At(bound)} {y - Track}v{2 * Track}"/>""");
    }

    private static void DrawRow(Markup body, ForestRow row, Scale x, double top)
    {
        double y = top + 24;
        bool exists = Exists(row);
        string figures = exists ? $"{Figures.Number(row.Estimate)} {Figures.Interval(row.Interval)}" : "";
        double room = Width - (2 * Inset) - Picture.WidthOf(figures);
        body.Add($"""<text x="0" y="{top + 12}">{Picture.Fit(row.Name, room)}</text><text x="{Width}" y="{top + 12}" text-anchor="end">{figures}</text>""");
        if (!exists)
        {
            body.Add(VerdictMark.At(row.Verdict, 6, y)).Add($"""<text class="q" x="{18}" y="{y + 4}">{Picture.Fit(row.Note ?? "no interval", Width - 40, 11)}</text>""");
            return;
        }

        body.Add($"""<g class="{VerdictMark.Class(row.Verdict)}"><path stroke-width="1.8" d="M{x.At(row.Interval.Low)} {y}H{x.At(row.Interval.High)}"/></g>""");
        body.Add(VerdictMark.At(row.Verdict, x.At(row.Estimate), y, 4.5));
    }

    private static bool Exists(ForestRow row) => row.Interval.IsDefined && double.IsFinite(row.Estimate);

    private PictureTable Numbers() => new(
        ["subject", "estimate", "interval", "verdict"],
        [.. Rows.Select(row => (IReadOnlyList<string>)[row.Name, Figures.Number(row.Estimate), Figures.Interval(row.Interval), row.Verdict.ToString()])]);

    internal static string Words(Region region) => region.Kind switch
    {
        RegionKind.Above => $"> {Figures.Number(region.Low)}",
        RegionKind.Below => $"< {Figures.Number(region.High)}",
        _ => $"between {Figures.Number(region.Low)} and {Figures.Number(region.High)}",
    };

    private static string Anchor(double tick, Scale x) => x.At(tick) < Inset + 12 ? "start" : x.At(tick) > Width - Inset - 12 ? "end" : "middle";
}
