namespace MWork.Probes.Report;

/// <summary>A grid of numbers, each written in its cell and shaded by its size.</summary>
public sealed class MatrixChart
{
    private const double Width = 360;
    private const double RowHeight = 34;
    private const double Top = 66;

    // Darker than this and the number in the cell would be hard to read.
    internal const double Darkest = 0.32;

    public required string Name { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    public required string Unit { get; init; }

    public required string RowTitle { get; init; }

    public required string ColumnTitle { get; init; }

    public required IReadOnlyList<string> Rows { get; init; }

    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>[row][column]; NaN where there is none.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Values { get; init; }

    public Picture Draw()
    {
        double left = 16 + Math.Min(110, Rows.Select(row => Picture.WidthOf(row)).DefaultIfEmpty(0).Max());
        double cell = (Width - left) / Math.Max(1, Columns.Count);
        double largest = Values.SelectMany(row => row).Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        var body = new Markup();
        body.Add($"""<text class="q" x="{left + 2}" y="44">{ColumnTitle} →</text><text class="q" x="0" y="{Top - 6}">{RowTitle} ↓</text>""");
        for (int column = 0; column < Columns.Count; column++)
            body.Add($"""<text x="{left + (cell * (column + 0.5))}" y="{Top - 6}" text-anchor="middle">{Picture.Fit(Columns[column], cell - 4)}</text>""");
        for (int row = 0; row < Rows.Count; row++)
        {
            double top = Top + (RowHeight * row);
            body.Add($"""<text x="{left - 8}" y="{top + 21}" text-anchor="end">{Picture.Fit(Rows[row], 110)}</text>""");
            for (int column = 0; column < Columns.Count; column++)
            {
                double value = row < Values.Count && column < Values[row].Count ? Values[row][column] : double.NaN;
                string shade = Figures.Number(double.IsFinite(value) && largest > 0 ? Darkest * Math.Abs(value) / largest : 0);
                string outline = row == column && Rows.Count == Columns.Count ? "axis" : "grid";
                body.Add($"""<rect class="mark heat {(value < 0 ? "f2" : "")} {outline}" fill-opacity="{shade}" x="{left + (cell * column) + 1.5}" y="{top + 1.5}" width="{cell - 3}" height="{RowHeight - 3}" rx="3"/>""");
                body.Add($"""<text x="{left + (cell * (column + 0.5))}" y="{top + 21}" text-anchor="middle">{Figures.Number(value)}</text>""");
            }
        }

        return Picture.Of(Name, Title, Unit, Description, Width, Top + (RowHeight * Rows.Count) + 4, body, new PictureTable(
            [$"{RowTitle} \\ {ColumnTitle}", .. Columns],
            [.. Rows.Select((row, i) => (IReadOnlyList<string>)[row, .. (i < Values.Count ? Values[i] : []).Select(Figures.Number)])]));
    }
}
