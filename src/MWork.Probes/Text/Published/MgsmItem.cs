using System.Globalization;

namespace MWork.Probes.Text.Published;

/// <summary>
/// A problem of MGSM (Shi et al. 2022), as google-research/url-nlp publishes it: <c>mgsm_{language}.tsv</c>, 250 lines of question, tab,
/// number, without a header. Row i is the same problem in all languages. Quotation marks are text; numbers have commas for thousands.
/// </summary>
/// <param name="Row">Counted from 1.</param>
public sealed record MgsmItem(int Row, string Question, decimal Answer)
{
    /// <exception cref="TextFormatException">The file cannot be read.</exception>
    public static IReadOnlyList<MgsmItem> Read(string path, MalformedRows? malformed = null) => TextLines.Rows(path, malformed, line =>
    {
        string[] cells = TsvCells.Plain(line.Text);
        if (cells.Length != 2 || string.IsNullOrWhiteSpace(cells[0]))
        {
            throw new MalformedRowException($"{cells.Length} cells where a question, a tab and a number are due");
        }

        return decimal.TryParse(
            cells[1].Trim(), NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal answer)
            ? new MgsmItem(line.Number, cells[0], answer)
            : throw new MalformedRowException($"the answer '{cells[1]}' is not a number");
    });
}
