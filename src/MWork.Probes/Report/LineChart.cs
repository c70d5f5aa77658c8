using System.Globalization;
using System.Security;
using System.Text;

namespace MWork.Probes.Report;

/// <summary>One line of a chart, with an optional band around it. Values may be NaN where there is none.</summary>
public sealed record ChartSeries(string Name, IReadOnlyList<double> Values, IReadOnlyList<double>? Low = null, IReadOnlyList<double>? High = null);

/// <summary>A shaded stretch of the x axis, in x units.</summary>
public sealed record ChartZone(string Name, double From, double To);

/// <summary>A level worth comparing with, drawn as a dashed line.</summary>
public sealed record ChartLevel(string Name, double Value);

/// <summary>
/// A line chart as one SVG element: no scripts, no fonts of its own, readable on light and dark, with a title and a description for
/// screen readers. Lines differ in dash and marker as well as in colour.
/// </summary>
public sealed class LineChart
{
    private const double Width = 720;
    private const double Height = 380;
    private const double Left = 58;
    private const double Right = 150;
    private const double Top = 46;
    private const double Bottom = 48;

    // Okabe and Ito's palette, which stays apart under the common colour-vision deficiencies.
    private static readonly string[] s_colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#7F7F7F"];
    private static readonly string[] s_dashes = ["", "7 3", "2 3", "9 3 2 3", "4 4", "1 2", "12 4"];

    public required string Title { get; init; }

    public string Description { get; init; } = "";

    public required string XLabel { get; init; }

    public required string YLabel { get; init; }

    public double YLow { get; init; }

    public double YHigh { get; init; } = 1;

    /// <summary>The x value of the first point; the others follow in steps of one.</summary>
    public int XFirst { get; init; } = 1;

    public required IReadOnlyList<ChartSeries> Series { get; init; }

    public IReadOnlyList<ChartZone> Zones { get; init; } = [];

    public IReadOnlyList<ChartLevel> Levels { get; init; } = [];

    private int Points => Series.Max(series => series.Values.Count);

    /// <summary>The chart as an SVG document.</summary>
    public string ToSvg()
    {
        var svg = new StringBuilder();
        svg.Append(Invariant($"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" role="img" aria-labelledby="title desc" font-family="system-ui, sans-serif" font-size="12">
            <title id="title">{Text(Title)}</title>
            <desc id="desc">{Text(Description)}</desc>
            <style>
            .ink {'{'} fill: #1f2328 {'}'} .line {'{'} stroke: #1f2328 {'}'} .grid {'{'} stroke: #d0d7de {'}'} .paper {'{'} fill: #ffffff {'}'} .zone {'{'} fill: #eaeef2 {'}'}
            @media (prefers-color-scheme: dark) {'{'} .ink {'{'} fill: #e6edf3 {'}'} .line {'{'} stroke: #e6edf3 {'}'} .grid {'{'} stroke: #3d444d {'}'} .paper {'{'} fill: #0d1117 {'}'} .zone {'{'} fill: #1c2128 {'}'} {'}'}
            </style>
            <rect class="paper" width="{Width}" height="{Height}"/>
            <text class="ink" x="{Left}" y="20" font-size="15" font-weight="600">{Text(Title)}</text>

            """));
        DrawZones(svg);
        DrawAxes(svg);
        DrawLevels(svg);
        for (int i = 0; i < Series.Count; i++)
        {
            DrawSeries(svg, Series[i], s_colours[i % s_colours.Length], s_dashes[i % s_dashes.Length]);
        }

        DrawLegend(svg);
        return svg.Append("</svg>\n").ToString();
    }

    private void DrawZones(StringBuilder svg)
    {
        foreach (ChartZone zone in Zones)
        {
            double left = X(Math.Max(zone.From, XFirst - 0.5));
            double right = X(Math.Min(zone.To, XFirst + Points - 0.5));
            svg.Append(Invariant($"<rect class=\"zone\" x=\"{left:0.#}\" y=\"{Top}\" width=\"{right - left:0.#}\" height=\"{Height - Top - Bottom}\"/>\n"));
            svg.Append(Invariant($"<text class=\"ink\" x=\"{(left + right) / 2:0.#}\" y=\"{Top - 6}\" text-anchor=\"middle\" font-size=\"11\">{Text(zone.Name)}</text>\n"));
        }
    }

    private void DrawAxes(StringBuilder svg)
    {
        for (int tick = 0; tick <= 5; tick++)
        {
            double value = YLow + ((YHigh - YLow) * tick / 5);
            svg.Append(Invariant($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(value):0.#}\" y2=\"{Y(value):0.#}\"/>\n"));
            svg.Append(Invariant($"<text class=\"ink\" x=\"{Left - 8}\" y=\"{Y(value) + 4:0.#}\" text-anchor=\"end\">{value:0.0#}</text>\n"));
        }

        int every = Math.Max(1, (int)Math.Ceiling(Points / 16.0));
        for (int i = 0; i < Points; i += every)
        {
            svg.Append(Invariant($"<text class=\"ink\" x=\"{X(XFirst + i):0.#}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{XFirst + i}</text>\n"));
        }

        svg.Append(Invariant($"<line class=\"line\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Height - Bottom}\" y2=\"{Height - Bottom}\"/>\n"));
        svg.Append(Invariant($"<text class=\"ink\" x=\"{(Left + Width - Right) / 2:0.#}\" y=\"{Height - 10}\" text-anchor=\"middle\">{Text(XLabel)}</text>\n"));
        svg.Append(Invariant($"<text class=\"ink\" transform=\"translate(16 {(Top + Height - Bottom) / 2:0.#}) rotate(-90)\" text-anchor=\"middle\">{Text(YLabel)}</text>\n"));
    }

    private void DrawLevels(StringBuilder svg)
    {
        foreach (ChartLevel level in Levels)
        {
            svg.Append(Invariant($"<line class=\"line\" stroke-dasharray=\"3 3\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(level.Value):0.#}\" y2=\"{Y(level.Value):0.#}\"/>\n"));
            svg.Append(Invariant($"<text class=\"ink\" x=\"{Width - Right + 6}\" y=\"{Y(level.Value) + 4:0.#}\" font-size=\"11\">{Text(level.Name)}</text>\n"));
        }
    }

    private void DrawSeries(StringBuilder svg, ChartSeries series, string colour, string dash)
    {
        if (series is { Low: { } low, High: { } high })
        {
            IEnumerable<string> there = high.Select((value, i) => Point(i, value));
            IEnumerable<string> back = low.Select((value, i) => Point(i, value)).Reverse();
            svg.Append(Invariant($"<polygon fill=\"{colour}\" fill-opacity=\"0.18\" points=\"{string.Join(' ', there.Concat(back))}\"/>\n"));
        }

        IEnumerable<string> points = series.Values.Select((value, i) => (value, i)).Where(p => double.IsFinite(p.value)).Select(p => Point(p.i, p.value));
        svg.Append(Invariant($"<polyline fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"{dash}\" points=\"{string.Join(' ', points)}\"/>\n"));
        foreach ((double value, int i) in series.Values.Select((value, i) => (value, i)).Where(p => double.IsFinite(p.value)))
        {
            svg.Append(Invariant($"<circle cx=\"{X(XFirst + i):0.#}\" cy=\"{Y(value):0.#}\" r=\"3\" fill=\"{colour}\"><title>{Text(series.Name)}, {XFirst + i}: {value:0.000}</title></circle>\n"));
        }
    }

    private void DrawLegend(StringBuilder svg)
    {
        for (int i = 0; i < Series.Count; i++)
        {
            double y = Top + 10 + (i * 20);
            double x = Width - Right + 12;
            svg.Append(Invariant($"<line x1=\"{x}\" x2=\"{x + 26}\" y1=\"{y}\" y2=\"{y}\" stroke=\"{s_colours[i % s_colours.Length]}\" stroke-width=\"2\" stroke-dasharray=\"{s_dashes[i % s_dashes.Length]}\"/>\n"));
            svg.Append(Invariant($"<text class=\"ink\" x=\"{x + 32}\" y=\"{y + 4}\">{Text(Series[i].Name)}</text>\n"));
        }
    }

    private string Point(int i, double value) => Invariant($"{X(XFirst + i):0.#},{Y(value):0.#}");

    private double X(double x) => Left + ((x - XFirst + 0.5) / Points * (Width - Left - Right));

    private double Y(double y) => Height - Bottom - ((Math.Clamp(y, YLow, YHigh) - YLow) / (YHigh - YLow) * (Height - Top - Bottom));

    private static string Text(string text) => SecurityElement.Escape(text);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
