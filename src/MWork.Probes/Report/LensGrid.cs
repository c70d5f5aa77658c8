using System.Globalization;
using System.Security;
using System.Text;

namespace MWork.Probes.Report;

/// <summary>What a lens reads at one layer and position.</summary>
/// <param name="Text">The token as a reader sees it.</param>
/// <param name="Language">Place in <see cref="LensGrid.Languages"/>, or −1 where the token bears none.</param>
/// <param name="Probability">In [0, 1].</param>
public readonly record struct LensGridCell(string Text, int Language, double Probability);

/// <summary>
/// A layer × position table of lens tokens as one SVG element: no scripts, no fonts of its own, readable on light and dark, with a title and a
/// description for screen readers. A cell has its language's colour, the stronger the more probable its token, and its language's code in words.
/// </summary>
public sealed class LensGrid
{
    private const double CellHeight = 38;
    private const double Left = 86;
    private const double Top = 72;
    private const double Margin = 16;
    private const double NarrowestCell = 64;
    private const double WidestCell = 150;
    private const double Latin = 7.2;   // of a 13-pixel system font, on average
    private const double Wide = 13;     // an ideograph

    // A cell's colour at probability 0 and at 1.
    private const double Palest = 0.08;

    /// <summary>How much of its ink a cell of probability 1 takes; text stands out from it.</summary>
    public const double Darkest = 0.5;

    public required string Title { get; init; }

    /// <summary>One sentence under the title.</summary>
    public required string Subtitle { get; init; }

    /// <summary>Codes and names, in the order that cells count by.</summary>
    public required IReadOnlyList<(string Code, string Name)> Languages { get; init; }

    /// <summary>The prompt's tokens, one per column.</summary>
    public required IReadOnlyList<LensGridCell> Prompt { get; init; }

    /// <summary>[layer][position].</summary>
    public required IReadOnlyList<IReadOnlyList<LensGridCell>> Layers { get; init; }

    /// <summary>Layers [From, To) to be marked at the side; null for none.</summary>
    public (string Name, int From, int To)? Zone { get; init; }

    /// <summary>The table as an SVG document.</summary>
    public string ToSvg()
    {
        double[] widths = [.. Enumerable.Range(0, Prompt.Count).Select(ColumnWidth)];
        double[] lefts = [.. widths.Select((_, i) => Left + widths.Take(i).Sum())];
        int[] used = [.. Layers.SelectMany(layer => layer).Concat(Prompt).Select(cell => cell.Language).Where(l => l >= 0).Distinct().Order()];
        double width = Math.Max(Left + widths.Sum() + Margin, Left + Margin + Math.Max(Measure(Title) * 1.2, Measure(Subtitle)));
        double bottom = Top + ((Layers.Count + 1) * CellHeight);
        double height = bottom + 62;
        var svg = new StringBuilder();
        svg.Append(Invariant($"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:0} {height:0}" width="{width:0}" height="{height:0}" role="img" aria-labelledby="title desc" font-family="system-ui, sans-serif" font-size="13">
            <title id="title">{Text(Title)}</title>
            <desc id="desc">{Text(Description())}</desc>
            <style>
            {Palette.Css()}.paper{'{'}fill:var(--paper){'}'}.ink{'{'}fill:var(--ink){'}'}.quiet,.zone{'{'}fill:var(--quiet){'}'}.shade{'{'}fill:var(--shade){'}'}.edge{'{'}stroke:var(--paper){'}'}
            {string.Concat(used.Select(language => $".l{language}{{fill:var(--s{1 + (language % (Palette.Series - 1))})}}"))}
            </style>
            <rect class="paper" width="{width:0}" height="{height:0}"/>
            <text class="ink" x="{Margin}" y="28" font-size="16" font-weight="600">{Text(Title)}</text>
            <text class="quiet" x="{Margin}" y="50">{Text(Subtitle)}</text>
            <text class="quiet" x="{Left - 10}" y="{Top + (CellHeight / 2) + 4:0.#}" text-anchor="end">prompt</text>

            """));
        DrawRow(svg, Prompt, lefts, widths, Top, "shade", showsProbability: false);
        for (int layer = 0; layer < Layers.Count; layer++)
        {
            double y = Top + ((layer + 1) * CellHeight);
            svg.Append(Invariant($"<text class=\"ink\" x=\"{Left - 10}\" y=\"{y + (CellHeight / 2) + 4:0.#}\" text-anchor=\"end\">{layer}</text>\n"));
            DrawRow(svg, Layers[layer], lefts, widths, y, "shade", showsProbability: true);
        }

        DrawZone(svg);
        DrawLegend(svg, used, bottom + 30);
        return svg.Append("</svg>\n").ToString();
    }

    private void DrawRow(
        StringBuilder svg, IReadOnlyList<LensGridCell> cells, double[] lefts, double[] widths, double y, string plain, bool showsProbability)
    {
        for (int i = 0; i < cells.Count; i++)
        {
            LensGridCell cell = cells[i];
            string fill = cell.Language >= 0 ? $"l{cell.Language}" : plain;
            double opacity = cell.Language < 0 ? 1 : showsProbability ? Palest + ((Darkest - Palest) * cell.Probability) : 0.2;
            double middle = lefts[i] + (widths[i] / 2);
            string code = cell.Language >= 0 ? Languages[cell.Language].Code : "–";
            string small = showsProbability ? Invariant($"{code} {cell.Probability:0%}") : code;
            svg.Append(Invariant($"<g><title>{Text(cell.Text)}: {Text(small)}</title>"));
            svg.Append(Invariant($"<rect class=\"{fill} edge\" fill-opacity=\"{opacity:0.##}\" x=\"{lefts[i]:0.#}\" y=\"{y:0.#}\" width=\"{widths[i]:0.#}\" height=\"{CellHeight}\"/>"));
            svg.Append(Invariant($"<text class=\"ink\" x=\"{middle:0.#}\" y=\"{y + 17:0.#}\" text-anchor=\"middle\">{Text(Fit(cell.Text, widths[i] - 8))}</text>"));
            svg.Append(Invariant($"<text class=\"ink\" x=\"{middle:0.#}\" y=\"{y + 31:0.#}\" text-anchor=\"middle\" font-size=\"10\">{Text(small)}</text></g>\n"));
        }
    }

    private void DrawZone(StringBuilder svg)
    {
        if (Zone is not { } zone)
        {
            return;
        }

        double top = Top + ((zone.From + 1) * CellHeight);
        double height = (zone.To - zone.From) * CellHeight;
        svg.Append(Invariant($"<rect class=\"zone\" x=\"{Left - 46}\" y=\"{top + 3:0.#}\" width=\"3\" height=\"{height - 6:0.#}\"/>\n"));
        svg.Append(Invariant($"<text class=\"quiet\" font-size=\"11\" text-anchor=\"middle\" transform=\"translate({Left - 53} {top + (height / 2):0.#}) rotate(-90)\">{Text(zone.Name)}</text>\n"));
    }

    private void DrawLegend(StringBuilder svg, int[] used, double y)
    {
        double x = Left;
        foreach (int language in used)
        {
            string name = $"{Languages[language].Name} ({Languages[language].Code})";
            svg.Append(Invariant($"<rect class=\"l{language}\" fill-opacity=\"{Darkest}\" x=\"{x:0.#}\" y=\"{y - 11:0.#}\" width=\"14\" height=\"14\"/><text class=\"ink\" x=\"{x + 20:0.#}\" y=\"{y + 1:0.#}\">{Text(name)}</text>\n"));
            x += 44 + Measure(name);
        }
    }

    private double ColumnWidth(int position) => Math.Clamp(
        Layers.Select(layer => layer[position]).Append(Prompt[position]).Max(cell => Measure(cell.Text)) + 16, NarrowestCell, WidestCell);

    private string Description()
    {
        IEnumerable<string> last = Layers.Select((layer, i) => Invariant($"layer {i} {layer[^1].Text}"));
        return $"{Subtitle} At the last position: {string.Join(", ", last)}.";
    }

    private static string Fit(string text, double room)
    {
        if (Measure(text) <= room)
        {
            return text;
        }

        var kept = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Measure(kept.ToString() + rune + "…") > room)
            {
                break;
            }

            kept.Append(rune);
        }

        return kept + "…";
    }

    private static double Measure(string text) => text.EnumerateRunes().Sum(rune => rune.Value >= 0x1100 && Rune.IsLetter(rune) ? Wide : Latin);

    // XML allows no control characters, which byte-level tokens may hold.
    private static string Text(string text) =>
        SecurityElement.Escape(string.Concat(text.EnumerateRunes().Select(rune => Rune.IsControl(rune) ? "\uFFFD" : rune.ToString())));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
