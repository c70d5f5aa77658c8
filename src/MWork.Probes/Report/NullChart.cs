using MWork.Probes.Evidence;

namespace MWork.Probes.Report;

/// <summary>What was observed against what chance gives: a grey band for the null, a dot for the data, a tick for the ceiling.</summary>
public sealed class NullChart
{
    private const double Width = 360;
    private const double RowHeight = 34;
    private const double Top = 62;
    private const double LetterWidth = 6.3;
    private const double Right = 44;

    public required string Name { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    /// <summary>Names to show, and what they are of.</summary>
    public required IReadOnlyList<(string Name, NullBand Band)> Rows { get; init; }

    // The longest name decides where the axis begins.
    private double Left => Math.Max(84, 8 + (LetterWidth * Rows.Select(row => row.Name.Length).DefaultIfEmpty(0).Max()));

    public Picture Draw()
    {
        Scale x = Scale.Over(
            Rows.SelectMany(row => row.Band.Quantiles.Append(row.Band.Observed).Append(row.Band.Ceiling)).Append(0), Left, Width - Right, steps: 4);
        double floor = Top + (RowHeight * Rows.Count);
        var body = new Markup();
        body.Add($"""<rect class="null" fill-opacity=".3" x="{Left}" y="39" width="14" height="9"/><text class="q" x="{Left + 18}" y="48">chance, 95 %</text><circle class="f1" cx="{Left + 102}" cy="44" r="4"/><text class="q" x="{Left + 110}" y="48">observed</text>""");
        if (Rows.Any(row => double.IsFinite(row.Band.Ceiling)))
            body.Add($"""<path class="l0" stroke-width="2" d="M{Left + 168} 38v12"/><text class="q" x="{Left + 174}" y="48">ceiling</text>""");
        foreach (double tick in x.Ticks)
            body.Add($"""<path class="{(tick == 0 ? "axis" : "grid")}" d="M{x.At(tick)} {Top}V{floor}"/><text class="q" x="{x.At(tick)}" y="{floor + 15}" text-anchor="middle">{x.Label(tick)}</text>""");
        for (int i = 0; i < Rows.Count; i++)
        {
            (string name, NullBand band) = Rows[i];
            double y = Top + (RowHeight * (i + 0.5));
            body.Add($"""<text x="0" y="{y + 4}">{Picture.Fit(name, Left - 6)}</text><text x="{Width}" y="{y + 4}" text-anchor="end">{Figures.Number(band.Observed)}</text>""");
            if (band.Quantiles.Count == NullBand.Shares.Count)
            {
                body.Add($"""<rect class="mark null" fill-opacity=".3" x="{x.At(band.Quantiles[0])}" y="{y - 8}" width="{x.At(band.Quantiles[4]) - x.At(band.Quantiles[0]) + 0.5}" height="16"/>""");
                body.Add($"""<rect class="null" fill-opacity=".35" x="{x.At(band.Quantiles[1])}" y="{y - 8}" width="{x.At(band.Quantiles[3]) - x.At(band.Quantiles[1]) + 0.5}" height="16"/><path class="axis" d="M{x.At(band.Quantiles[2])} {y - 8}v16"/>""");
            }

            if (double.IsFinite(band.Ceiling))
                body.Add($"""<path class="l0" stroke-width="2" d="M{x.At(band.Ceiling)} {y - 9}v18"/>""");
            if (double.IsFinite(band.Observed))
                body.Add($"""<circle class="mark f1" cx="{x.At(band.Observed)}" cy="{y}" r="5"/>""");
        }

        return Picture.Of(Name, Title, Rows.Select(row => row.Band.Unit).FirstOrDefault(""), Description, Width, floor + 22, body, new PictureTable(
            ["", "observed", "chance, median", "chance, 95 %", "ceiling", "draws"],
            [.. Rows.Select(row => (IReadOnlyList<string>)[
                row.Name,
                Figures.Number(row.Band.Observed),
                row.Band.Quantiles.Count > 2 ? Figures.Number(row.Band.Quantiles[2]) : Figures.None,
                row.Band.Quantiles.Count > 4 ? $"[{Figures.Number(row.Band.Quantiles[0])}, {Figures.Number(row.Band.Quantiles[4])}]" : Figures.None,
                Figures.Number(row.Band.Ceiling),
                Figures.Whole(row.Band.Draws)])]));
    }
}
