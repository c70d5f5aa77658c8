namespace MWork.Probes.Report;

/// <summary>Two sets per row as one bar: what only the first has, what both have, what only the second has.</summary>
public sealed class SharedBars
{
    private const double Width = 360;
    private const double RowHeight = 30;
    private const double Top = 62;
    private const double Left = 84;

    public required string Name { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    public required string Unit { get; init; }

    /// <summary>What the three parts are called.</summary>
    public required IReadOnlyList<string> Parts { get; init; }

    /// <summary>Each with three counts.</summary>
    public required IReadOnlyList<(string Name, IReadOnlyList<double> Counts)> Rows { get; init; }

    public Picture Draw()
    {
        double most = Math.Max(1, Rows.Select(row => row.Counts.Where(double.IsFinite).Sum()).DefaultIfEmpty(1).Max());
        double scale = (Width - Left) / most;
        string[] inks = ["f1", "f0", "f2"];
        var body = new Markup();
        double at = 0;
        for (int part = 0; part < Parts.Count; part++)
        {
            body.Add($"""<rect class="{inks[part % 3]}" fill-opacity="{(part == 1 ? ".75" : ".3")}" x="{at}" y="39" width="11" height="11"/><text class="q" x="{at + 15}" y="48">{Parts[part]}</text>""");
            at += 26 + Picture.WidthOf(Parts[part], 11);
        }

        for (int i = 0; i < Rows.Count; i++)
        {
            double top = Top + (RowHeight * i);
            body.Add($"""<text x="0" y="{top + 18}">{Picture.Fit(Rows[i].Name, Left - 6)}</text>""");
            double x = Left;
            for (int part = 0; part < Math.Min(Parts.Count, Rows[i].Counts.Count); part++)
            {
                double count = double.IsFinite(Rows[i].Counts[part]) ? Rows[i].Counts[part] : 0;
                double width = count * scale;
                body.Add($"""<rect class="mark {inks[part % 3]}" fill-opacity="{(part == 1 ? ".75" : ".3")}" x="{x}" y="{top + 4}" width="{Math.Max(0, width - 1)}" height="{RowHeight - 9}"/>""");
                string label = Figures.Whole((int)Math.Round(count));
                if (part != 1 && width > Picture.WidthOf(label) + 6)
                    body.Add($"""<text x="{x + (width / 2)}" y="{top + 18}" text-anchor="middle">{label}</text>""");
                x += width;
            }
        }

        return Picture.Of(Name, Title, Unit, Description, Width, Top + (RowHeight * Rows.Count) + 6, body, new PictureTable(
            ["", .. Parts], [.. Rows.Select(row => (IReadOnlyList<string>)[row.Name, .. row.Counts.Select(count => Figures.Whole((int)Math.Round(count)))])]));
    }
}
