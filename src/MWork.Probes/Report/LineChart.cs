namespace MWork.Probes.Report;

/// <summary>A point of a line; NaN where there is no value or no band.</summary>
public readonly record struct ChartPoint(double X, double Y, double Low = double.NaN, double High = double.NaN);

/// <summary>One line of a chart.</summary>
/// <param name="Ink">Which of the palette's colours and shapes.</param>
public sealed record ChartSeries(string Name, int Ink, IReadOnlyList<ChartPoint> Points);

/// <summary>A shaded stretch of the x axis.</summary>
public sealed record ChartZone(string Name, double From, double To);

/// <summary>A level worth comparing with: a dashed line.</summary>
public sealed record ChartLevel(string Name, double Value);

/// <summary>Lines with bands, named at their ends. They differ in dash and marker as well as in colour.</summary>
public sealed class LineChart
{
    private const double Width = 360;
    private const double Height = 246;
    private const double Left = 38;
    private const double Top = 58;
    private const double Bottom = 36;
    private const double LabelStep = 13;

    // More points than these would hide the line behind its markers.
    private const int MostMarkers = 16;

    private static readonly int[] s_steps = [1, 2, 5, 10, 20, 50, 100];
    private static readonly string[] s_dashes = ["", "", "6 3", "2 2.5", "8 3 2 3", "4 4", "1 2"];

    public required string Name { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    public required string XLabel { get; init; }

    public required string YLabel { get; init; }

    /// <summary>From where to where y reaches; null to follow the data.</summary>
    public (double Low, double High)? YRange { get; init; }

    public required IReadOnlyList<ChartSeries> Series { get; init; }

    /// <summary>Lines that only make up a crowd, drawn thin and not named.</summary>
    public IReadOnlyList<ChartSeries> Crowd { get; init; } = [];

    public IReadOnlyList<ChartZone> Zones { get; init; } = [];

    public IReadOnlyList<ChartLevel> Levels { get; init; } = [];

    /// <summary>Values of x worth pointing out, with the colour of their series.</summary>
    public IReadOnlyList<(string Name, double X, int Ink)> Crossings { get; init; } = [];

    /// <summary>Values of x worth a dashed line from top to bottom.</summary>
    public IReadOnlyList<double> Bounds { get; init; } = [];

    /// <summary>Whether x counts something, such as layers.</summary>
    public bool CountsX { get; init; } = true;

    /// <summary>Whether lines are named below the chart, since they end in one place.</summary>
    public bool NamesBelow { get; init; }

    /// <summary>Names the columns behind <see cref="XLabel"/>; as <see cref="Series"/> where null.</summary>
    public PictureTable? Table { get; init; }

    private IEnumerable<ChartSeries> All => Series.Concat(Crowd);

    private double Floor => Height - Bottom;

    public Picture Draw()
    {
        double widest = NamesBelow ? 0 : Series.Select(series => Picture.WidthOf(series.Name, 12)).DefaultIfEmpty(0).Max();
        double right = Width - 8 - Math.Min(widest > 0 ? widest + 8 : 0, 110);
        double[] xs = [.. All.SelectMany(series => series.Points).Select(point => point.X).Concat(Bounds).Where(double.IsFinite)];
        (double first, double last) = xs.Length == 0 ? (0, 1) : (xs.Min(), xs.Max());
        Scale x = CountsX
            ? Scale.Exactly(first - 0.5, last + 0.5, Left, right)
            : Scale.Exactly(first, last > first ? last : first + 1, Left, right);
        Scale y = YRange is { } range
            ? Scale.Exactly(range.Low, range.High, Floor, Top)
            : Scale.Over(
                All.SelectMany(series => series.Points).SelectMany(point => (double[])[point.Y, point.Low, point.High]).Concat(Levels.Select(level => level.Value)).Append(0),
                Floor, Top);

        var body = new Markup();
        DrawFrame(body, x, y, right);
        foreach (ChartSeries series in Crowd)
            body.AddAll(Stretches(series.Points).Select(stretch => new Markup($"""<polyline class="mark faint" points="{Path(stretch.Select(p => (p.X, p.Y)), x, y)}"/>""")));
        foreach (ChartSeries series in Series)
            DrawBand(body, series, x, y);
        foreach (ChartSeries series in Series)
            DrawLine(body, series, x, y);
        foreach ((string name, double at, int ink) in Crossings.Where(crossing => x.Holds(crossing.X)))
        {
            body.Add($"""<path class="mark f{ink % Palette.Series}" d="M{x.At(at)} {Floor - 1}l-4.5 -8h9z"><title>{name}</title></path>""");
        }

        double height = Height;
        if (NamesBelow)
        {
            height += 12;
            foreach (ChartSeries series in Series)
            {
                int ink = series.Ink % Palette.Series;
                body.Add($"""<path class="line l{ink}" stroke-dasharray="{s_dashes[ink]}" d="M{Left} {height + 2}h26"/><text x="{Left + 34}" y="{height + 6}">{Picture.Fit(series.Name, Width - Left - 36)}</text>""");
                height += 16;
            }
        }
        else
        {
            NameEnds(body, x, y, right);
        }

        return Picture.Of(Name, Title, YLabel, Description, Width, height, body, Table ?? Numbers());
    }

    private void DrawFrame(Markup body, Scale x, Scale y, double right)
    {
        foreach (ChartZone zone in Zones)
        {
            (double from, double to) = (x.At(zone.From), x.At(zone.To));
            body.Add($"""<rect class="zone" x="{from}" y="{Top - 18}" width="{to - from}" height="{Floor - Top + 18}"/><text class="q" x="{(from + to) / 2}" y="{Top - 6}" text-anchor="middle">{Picture.Fit(zone.Name, to - from + 30, 11)}</text>""");
        }

        foreach (double tick in y.Ticks)
        {
            body.Add($"""<path class="{(tick == 0 ? "axis" : "grid")}" d="M{Left} {y.At(tick)}H{right}"/><text class="q" x="{Left - 6}" y="{y.At(tick) + 4}" text-anchor="end">{y.Label(tick)}</text>""");
        }

        IEnumerable<(double At, string Label)> ticks = CountsX
            ? Whole((int)Math.Ceiling(x.Low), (int)Math.Floor(x.High)).Select(layer => ((double)layer, Figures.Whole(layer)))
            : x.Ticks.Select(tick => (tick, x.Label(tick)));
        foreach ((double at, string label) in ticks)
            body.Add($"""<text class="q" x="{x.At(at)}" y="{Floor + 16}" text-anchor="{(!CountsX && x.At(at) > right - 12 ? "end" : "middle")}">{label}</text>""");
        body.Add($"""<text class="q" x="{Left}" y="{Floor + 31}">{Picture.Fit(XLabel, Width - Left, 11)}</text>""");

        foreach (double bound in Bounds)
            body.Add($"""<path class="bound" d="M{x.At(bound)} {Top - 8}V{Floor}"/>""");
        foreach (ChartLevel level in Levels.Where(level => y.Holds(level.Value)))
            body.Add($"""<path class="level" d="M{Left} {y.At(level.Value)}H{right}"/><text class="q" x="{Left + 4}" y="{y.At(level.Value) - 4}">{level.Name}</text>""");
    }

    private static void DrawBand(Markup body, ChartSeries series, Scale x, Scale y)
    {
        foreach (ChartPoint[] stretch in Stretches([.. series.Points.Select(p => p with { Y = double.IsNaN(p.Low) || double.IsNaN(p.High) ? double.NaN : p.Y })]))
        {
            string outline = Path([.. stretch.Select(p => (p.X, p.High)), .. stretch.Reverse().Select(p => (p.X, p.Low))], x, y);
            body.Add($"""<polygon class="b{series.Ink % Palette.Series}" points="{outline}"/>""");
        }
    }

    private static void DrawLine(Markup body, ChartSeries series, Scale x, Scale y)
    {
        int ink = series.Ink % Palette.Series;
        foreach (ChartPoint[] stretch in Stretches(series.Points))
            body.Add($"""<polyline class="mark line l{ink}" stroke-dasharray="{s_dashes[ink]}" points="{Path(stretch.Select(p => (p.X, p.Y)), x, y)}"/>""");
        if (series.Points.Count > MostMarkers)
            return;
        foreach (ChartPoint point in series.Points.Where(point => double.IsFinite(point.Y)))
        {
            (double px, double py) = (x.At(point.X), y.At(point.Y));
            body.Add((ink % 4) switch
            {
                1 => new Markup($"""<circle class="f{ink}" cx="{px}" cy="{py}" r="2.6"/>"""),
                2 => new Markup($"""<rect class="f{ink}" x="{px - 2.4}" y="{py - 2.4}" width="4.8" height="4.8"/>"""),
                3 => new Markup($"""<path class="f{ink}" d="M{px} {py - 3.2}l3 5.4h-6z"/>"""),
                _ => new Markup($"""<path class="f{ink}" d="M{px} {py - 3.4}l3.4 3.4l-3.4 3.4l-3.4 -3.4z"/>"""),
            });
        }
    }

    // Where lines end together, their names make room for each other.
    private void NameEnds(Markup body, Scale x, Scale y, double right)
    {
        var ends = Series
            .Select(series => (Series: series, End: series.Points.LastOrDefault(point => double.IsFinite(point.Y), new ChartPoint(double.NaN, double.NaN))))
            .Where(line => double.IsFinite(line.End.Y))
            .Select(line => (line.Series, line.End, At: y.At(line.End.Y)))
            .OrderBy(line => line.At)
            .ToArray();
        double[] at = [.. ends.Select(end => end.At)];
        for (int i = 1; i < at.Length; i++)
            at[i] = Math.Max(at[i], at[i - 1] + LabelStep);
        double below = at.Length == 0 ? 0 : Math.Max(0, at[^1] - Floor);
        for (int i = at.Length - 1; i >= 0; i--)
        {
            at[i] = Math.Min(at[i], i == at.Length - 1 ? at[i] - below : at[i + 1] - LabelStep);
            int ink = ends[i].Series.Ink % Palette.Series;
            body.Add($"""<text class="c{ink}" x="{Math.Max(x.At(ends[i].End.X) + 7, right - 3)}" y="{at[i] + 4}">{Picture.Fit(ends[i].Series.Name, 110)}</text>""");
        }
    }

    private PictureTable Numbers()
    {
        double[] xs = [.. Series.SelectMany(series => series.Points).Select(point => point.X).Distinct().Order()];
        return new PictureTable(
            [XLabel, .. Series.Select(series => series.Name)],
            [.. xs.Select(x => (IReadOnlyList<string>)[
                CountsX ? Figures.Whole((int)x) : Figures.Number(x),
                .. Series.Select(series => series.Points.Where(point => point.X == x).Select(Cell).FirstOrDefault(Figures.None))])]);

        static string Cell(ChartPoint point) => double.IsNaN(point.Low) || double.IsNaN(point.High)
            ? Figures.Number(point.Y)
            : $"{Figures.Number(point.Y)} [{Figures.Number(point.Low)}, {Figures.Number(point.High)}]";
    }

    private static IEnumerable<int> Whole(int first, int last)
    {
        int every = s_steps.First(step => (last - first) / step <= 9 || step == s_steps[^1]);
        return Enumerable.Range(first, Math.Max(1, last - first + 1)).Where(layer => layer % every == 0 || every == 1 || (layer == first && every > layer + 1));
    }

    // A line breaks where there is no value.
    private static IEnumerable<ChartPoint[]> Stretches(IReadOnlyList<ChartPoint> points)
    {
        var stretch = new List<ChartPoint>();
        foreach (ChartPoint point in points.Append(new ChartPoint(double.NaN, double.NaN)))
        {
            if (double.IsFinite(point.Y))
            {
                stretch.Add(point);
                continue;
            }

            if (stretch.Count > 0)
                yield return [.. stretch];
            stretch.Clear();
        }
    }

    private static string Path(IEnumerable<(double X, double Y)> points, Scale x, Scale y) =>
        string.Join(' ', points.Select(point => new Markup($"{x.At(point.X)},{y.At(point.Y)}").ToString()));
}
