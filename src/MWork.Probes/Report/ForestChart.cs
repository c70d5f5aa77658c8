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
    private const double RowHeight = 34;
    private const double Top = 44;
    private const double Inset = 8;

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
            Rows.SelectMany(row => (double[])[row.Estimate, row.Interval.Low, row.Interval.High]).Concat(bounds).Append(0), Inset, Width - Inset, steps: 5);
        double floor = Top + (RowHeight * Rows.Count);
        var body = new Markup();
        body.Add($"""<text class="t" x="0" y="13">{Picture.Fit(Title, Width, 13.5)}</text><text class="q" x="0" y="30">{Picture.Fit(Region is null ? $"{Unit}, measured only" : $"{Unit}; claimed {Words(Region)}", Width, 11)}</text>""");
        if (Region is not null)
        {
            (double low, double high) = (x.At(Math.Max(Region.Low, x.Low)), x.At(Math.Min(Region.High, x.High)));
            body.Add($"""<rect class="region" x="{low}" y="{Top - 6}" width="{high - low}" height="{floor - Top + 6}"/>""");
            foreach (double bound in bounds)
                body.Add($"""<path class="bound" d="M{x.At(bound)} {Top - 6}V{floor}"/>""");
        }

        foreach (double tick in x.Ticks)
        {
            body.Add($"""<path class="{(tick == 0 ? "axis" : "grid")}" d="M{x.At(tick)} {Top - 6}V{floor}"/><text class="q" x="{x.At(tick)}" y="{floor + 15}" text-anchor="{Anchor(tick, x)}">{x.Label(tick)}</text>""");
        }

        for (int i = 0; i < Rows.Count; i++)
            DrawRow(body, Rows[i], x, Top + (RowHeight * i));
        return new Picture(Name, Title, Description, Width, floor + 22, body, Numbers());
    }

    private static void DrawRow(Markup body, ForestRow row, Scale x, double top)
    {
        double y = top + 24;
        bool exists = row.Interval.IsDefined && double.IsFinite(row.Estimate);
        string figures = exists ? $"{Figures.Number(row.Estimate)} {Figures.Interval(row.Interval)}" : "";
        double room = Width - (2 * Inset) - Picture.WidthOf(figures);
        body.Add($"""<text x="{Inset}" y="{top + 11}">{Picture.Fit(row.Name, room)}</text><text x="{Width - Inset}" y="{top + 11}" text-anchor="end">{figures}</text>""");
        if (!exists)
        {
            body.Add(VerdictMark.At(row.Verdict, Inset + 6, y)).Add($"""<text class="q" x="{Inset + 18}" y="{y + 4}">{Picture.Fit(row.Note ?? "no interval", Width - 40, 11)}</text>""");
            return;
        }

        body.Add($"""<g class="{VerdictMark.Class(row.Verdict)}"><path stroke-width="1.8" d="M{x.At(row.Interval.Low)} {y}H{x.At(row.Interval.High)}"/></g>""");
        body.Add(VerdictMark.At(row.Verdict, x.At(row.Estimate), y, 4.5));
    }

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
