using System.Text;

namespace MWork.Probes.Report;

/// <summary>A colour on light and on dark paper.</summary>
/// <param name="Name">The CSS variable, without its dashes.</param>
public sealed record Ink(string Name, string Light, string Dark);

/// <summary>
/// The report's colours. Hues follow Okabe and Ito's palette, which stays apart under the common colour-vision deficiencies, darkened or lightened until
/// each can be read as text on its paper (4.5 to 1, WCAG 1.4.3). Nothing is told by colour alone.
/// </summary>
public static class Palette
{
    public static readonly Ink Paper = new("paper", "#ffffff", "#101418");

    /// <summary>Behind what belongs together: a zone, the head of a table.</summary>
    public static readonly Ink Shade = new("shade", "#f1f4f7", "#1b2128");

    /// <summary>Lines that guide the eye and say nothing.</summary>
    public static readonly Ink Rule = new("rule", "#d5dbe1", "#363e47");

    /// <summary>All that is to be read on <see cref="Paper"/> and <see cref="Shade"/>.</summary>
    public static IReadOnlyList<Ink> Text { get; } =
    [
        new("ink", "#1a1f24", "#e8edf2"),
        new("quiet", "#56606b", "#a3afbb"),
        new("link", "#005a9c", "#79b8ff"),
        new("supported", "#00609c", "#6bb5f5"),
        new("refuted", "#a83f00", "#ff9a63"),
        new("inconclusive", "#7a4585", "#d3a6e0"),
        new("invalid", "#56606b", "#a3afbb"),
        new("measured", "#00694b", "#4fc9a0"),
        new("s0", "#1a1f24", "#e8edf2"),
        new("s1", "#0069a8", "#62b4f7"),
        new("s2", "#b34700", "#ff9759"),
        new("s3", "#00704f", "#46c79b"),
        new("s4", "#9c3f7d", "#e79bcb"),
        new("s5", "#775700", "#e3b84a"),
        new("s6", "#5a5aa8", "#adadf5"),
    ];

    /// <summary>How many series <see cref="Text"/> can tell apart.</summary>
    public const int Series = 7;

    /// <summary>The colours as CSS variables, dark where the reader's system asks for it and never on paper.</summary>
    public static string Css()
    {
        Ink[] all = [Paper, Shade, Rule, .. Text];
        var css = new StringBuilder(":root{color-scheme:light dark;");
        foreach (Ink ink in all)
            css.Append("--").Append(ink.Name).Append(':').Append(ink.Light).Append(';');
        css.Append("}\n@media screen and (prefers-color-scheme:dark){:root{");
        foreach (Ink ink in all)
            css.Append("--").Append(ink.Name).Append(':').Append(ink.Dark).Append(';');
        return css.Append("}}\n").ToString();
    }
}
