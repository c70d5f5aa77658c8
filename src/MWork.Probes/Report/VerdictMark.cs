using MWork.Probes.Evidence;

namespace MWork.Probes.Report;

/// <summary>A verdict as a shape: filled, open, half, crossed out, a bar. Colour only repeats it.</summary>
internal static class VerdictMark
{
    public const string Css =
        ".v-supported{fill:var(--supported);stroke:var(--supported)}.v-refuted{fill:none;stroke:var(--refuted)}.v-inconclusive{fill:none;stroke:var(--inconclusive)}"
        + ".v-inconclusive .half{fill:var(--inconclusive)}.v-invalid{fill:none;stroke:var(--invalid)}.v-measured{fill:none;stroke:var(--measured)}";

    public static string Class(Verdict verdict) => verdict switch
    {
        Verdict.Supported => "v-supported",
        Verdict.Refuted => "v-refuted",
        Verdict.Inconclusive => "v-inconclusive",
        Verdict.Invalid => "v-invalid",
        _ => "v-measured",
    };

    /// <summary>What it means, in a few words.</summary>
    public static string Meaning(Verdict verdict) => verdict switch
    {
        Verdict.Supported => "the interval lies inside the claim’s region, for every criterion",
        Verdict.Refuted => "for some criterion it lies outside",
        Verdict.Inconclusive => "it crosses a border",
        Verdict.Invalid => "the question could not be put",
        _ => "no region is claimed",
    };

    /// <param name="r">Half its size.</param>
    public static Markup At(Verdict verdict, double x, double y, double r = 5) => verdict switch
    {
        Verdict.Supported => new($"""<circle class="mark v-supported" cx="{x}" cy="{y}" r="{r}"/>"""),
        Verdict.Refuted => new($"""<path class="mark v-refuted" stroke-width="2" d="M{x} {y - r}L{x + r} {y}L{x} {y + r}L{x - r} {y}Z"/>"""),
        Verdict.Inconclusive => new(
            $"""<g class="mark v-inconclusive" stroke-width="1.6"><circle cx="{x}" cy="{y}" r="{r}"/><path class="half" stroke="none" d="M{x} {y - r}A{r} {r} 0 0 0 {x} {y + r}Z"/></g>"""),
        Verdict.Invalid => new(
            $"""<path class="mark v-invalid" stroke-width="2" d="M{x - (r * 0.75)} {y - (r * 0.75)}L{x + (r * 0.75)} {y + (r * 0.75)}M{x + (r * 0.75)} {y - (r * 0.75)}L{x - (r * 0.75)} {y + (r * 0.75)}"/>"""),
        _ => new($"""<path class="mark v-measured" stroke-width="2.4" d="M{x - r} {y}H{x + r}"/>"""),
    };

    /// <summary>Beside a word in running text; hidden from readers, who have the word.</summary>
    public static Markup Glyph(Verdict verdict) =>
        new($"""<svg class="glyph" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">{At(verdict, 8, 8, 5.5)}</svg>""");
}
