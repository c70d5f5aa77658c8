namespace MWork.Probes.Report;

/// <summary>The numbers behind a picture, for those who do not see it or want them exactly.</summary>
public sealed record PictureTable(IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>A drawing as part of a page or as a file of its own: no scripts, no fonts, light and dark, with title and description.</summary>
/// <param name="Name">Stem of the file; unique in a report.</param>
/// <param name="Title">What it is of; drawn by the chart and read out.</param>
/// <param name="Description">What it shows, in a sentence.</param>
/// <param name="Body">Marks within <paramref name="Width"/> × <paramref name="Height"/>.</param>
public sealed record Picture(string Name, string Title, string Description, double Width, double Height, Markup Body, PictureTable Table)
{
    private const string Face = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif";

    private const double TitleStep = 17;

    // Bold, and so a little wider than its size.
    private const double TitleSize = 14.5;

    /// <summary>How marks look, for the page and for files.</summary>
    public static string Css { get; } =
        $".chart{{font-family:{Face};font-size:12px;font-variant-numeric:tabular-nums}}"
        + ".chart text{fill:var(--ink);unicode-bidi:isolate}.chart text.q{fill:var(--quiet);font-size:11px}.chart text.t{font-size:13px;font-weight:600}"
        + ".chart .paper{fill:var(--paper)}.chart .zone{fill:var(--shade)}.chart .grid{stroke:var(--rule)}.chart .axis{stroke:var(--quiet)}"
        + ".chart .level{stroke:var(--quiet);stroke-dasharray:2 3}.chart .line{fill:none;stroke-width:1.75;stroke-linejoin:round}"
        + ".chart .region{fill:var(--supported);fill-opacity:.1}.chart .bound{stroke:var(--supported);stroke-dasharray:3 2}.chart .heat{fill:var(--s1)}"
        + ".chart .null{fill:var(--quiet)}.chart .faint{stroke:var(--quiet);stroke-opacity:.45;stroke-width:1;fill:none}"
        + string.Concat(Enumerable.Range(0, Palette.Series).Select(i =>
            $".chart .l{i}{{stroke:var(--s{i})}}.chart .f{i}{{fill:var(--s{i})}}.chart .b{i}{{fill:var(--s{i});fill-opacity:.16}}.chart text.c{i}{{fill:var(--s{i})}}"))
        + VerdictMark.Css;

    /// <summary>A drawing below its title, which may take two lines, and a line that says what is measured.</summary>
    /// <param name="body">Drawn for a title of one line: below y = 36.</param>
    internal static Picture Of(string name, string title, string subtitle, string description, double width, double height, Markup body, PictureTable table)
    {
        string[] lines = Wrapped(title, width, TitleSize);
        double lower = (lines.Length - 1) * TitleStep;
        var whole = new Markup();
        for (int i = 0; i < lines.Length; i++)
            whole.Add($"""<text class="t" x="0" y="{13 + (i * TitleStep)}">{lines[i]}</text>""");
        whole.Add($"""<text class="q" x="0" y="{30 + lower}">{Fit(subtitle, width, 11)}</text>""");
        whole.Add(lower == 0 ? body : new Markup($"""<g transform="translate(0 {lower})">{body}</g>"""));
        return new Picture(name, title, description, width, height + lower, whole, table);
    }

    /// <summary>As an element of a page, which has the styles.</summary>
    public Markup Inline() => new(
        $"""<svg class="chart" viewBox="0 0 {Width} {Height}" width="{Width}" height="{Height}" role="img" aria-labelledby="{Name}-t {Name}-d"><title id="{Name}-t">{Title}</title><desc id="{Name}-d">{Description}</desc>{Body}</svg>""");

    /// <summary>As a document of its own.</summary>
    public string ToSvg() => new Markup(
        $"""
        <svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {Width} {Height}" width="{Width}" height="{Height}" role="img" aria-labelledby="title desc">
        <title id="title">{Title}</title>
        <desc id="desc">{Description}</desc>
        <style>{new Markup().AddTrusted(Palette.Css()).AddTrusted(Css)}</style>
        <rect class="paper" width="{Width}" height="{Height}"/>
        {Body}
        </svg>

        """).ToString();

    /// <summary>About how wide a text is drawn, in the units of a picture.</summary>
    internal static double WidthOf(string text, double size = 12) => text.Length * size * 0.56;

    /// <summary>A text that is no wider than there is room; what is cut off becomes an ellipsis.</summary>
    internal static string Fit(string text, double room, double size = 12)
    {
        int most = (int)(room / (size * 0.56));
        return text.Length <= most ? text : text[..Math.Max(1, most - 1)].TrimEnd() + "…";
    }

    // One line, or two that break between words.
    private static string[] Wrapped(string text, double room, double size)
    {
        int most = (int)(room / (size * 0.56));
        if (text.Length <= most || text.LastIndexOf(' ', most) is not (> 0 and var gap))
            return [Fit(text, room, size)];
        return [text[..gap], Fit(text[(gap + 1)..], room, size)];
    }

    /// <summary>Something to stem a file: letters, digits and dashes.</summary>
    internal static string Stem(params string[] parts) => string.Join('-', string.Join('-', parts)
        .Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' ? char.ToString(c) : " ")
        .Aggregate("", string.Concat).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
