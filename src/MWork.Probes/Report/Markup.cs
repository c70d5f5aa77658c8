using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace MWork.Probes.Report;

/// <summary>
/// HTML or SVG in the making. What stands between the braces of an interpolated string is escaped, unless it is <see cref="Markup"/> itself, and
/// numbers are written the same everywhere: a name cannot break out of its place.
/// </summary>
public sealed class Markup
{
    private readonly StringBuilder _text;

    public Markup() => _text = new StringBuilder();

    public Markup(ref Writer text) => _text = text.Text;

    /// <summary>Appends; returns this.</summary>
    public Markup Add([InterpolatedStringHandlerArgument("")] ref Writer text) => this;

    public Markup Add(Markup markup)
    {
        _text.Append(markup._text);
        return this;
    }

    /// <summary>Appends text of the program's own that must not be escaped, such as styles.</summary>
    internal Markup AddTrusted(string text)
    {
        _text.Append(text);
        return this;
    }

    /// <summary>Appends each.</summary>
    public Markup AddAll(IEnumerable<Markup> parts)
    {
        foreach (Markup part in parts)
            Add(part);
        return this;
    }

    public override string ToString() => _text.ToString();

    /// <summary>Text as it may stand in an element or a quoted attribute of HTML and XML; characters that neither allows become U+FFFD.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            bool pair = char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            _ = c switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                '\r' => escaped.Append(' '),
                _ when pair => escaped.Append(c).Append(text[++i]),
                _ when char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF' || (char.IsControl(c) && c is not ('\t' or '\n')) => escaped.Append('\uFFFD'),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    /// <summary>What the compiler makes of an interpolated string.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Writer
    {
        /// <summary>Of markup that begins with it.</summary>
        public Writer(int literalLength, int formattedCount) => Text = new StringBuilder(literalLength + (16 * formattedCount));

        /// <summary>Of markup that goes on with it.</summary>
        public Writer(int literalLength, int formattedCount, Markup markup)
        {
            Text = markup._text;
            Text.EnsureCapacity(Text.Length + literalLength + (16 * formattedCount));
        }

        internal StringBuilder Text { get; }

        public void AppendLiteral(string literal) => Text.Append(literal);

        public void AppendFormatted(Markup? part) => Text.Append(part?._text);

        public void AppendFormatted(string? text) => Text.Append(Escape(text ?? ""));

        public void AppendFormatted(int number) => Text.Append(number.ToString(CultureInfo.InvariantCulture));

        /// <summary>A place in a picture, to a tenth.</summary>
        public void AppendFormatted(double number) => Text.Append(number.ToString("0.#", CultureInfo.InvariantCulture));
    }
}
