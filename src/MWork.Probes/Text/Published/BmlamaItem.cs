namespace MWork.Probes.Text.Published;

/// <summary>
/// A fact of BMLAMA (Qi et al. 2023), as Betswish/Cross-Lingual-Consistency publishes it: <c>{language}.tsv</c> with the header
/// <c>Prompt, Ans, Candidate Ans, Subject</c>, 6792 rows in BMLAMA-17 and 3070 in BMLAMA-53. Row i is the same fact in all languages.
/// Cells are quoted as spreadsheets do it; candidates are separated by a comma and a space.
/// </summary>
/// <param name="Row">Counted from 1, the header left out.</param>
/// <param name="Prompt">With <see cref="Mask"/> where the answer is due, which need not be the end.</param>
/// <param name="Answers">The right ones: one in every published row.</param>
/// <param name="Candidates">The right ones among them; a few published rows have no other.</param>
/// <param name="Subject">What the fact is about; empty where the file does not say.</param>
public sealed record BmlamaItem(int Row, string Prompt, IReadOnlyList<string> Answers, IReadOnlyList<string> Candidates, string Subject)
{
    public const string Mask = "<mask>";

    private const string Separator = ", ";

    /// <exception cref="TextFormatException">The file cannot be read.</exception>
    public static IReadOnlyList<BmlamaItem> Read(string path, MalformedRows? malformed = null)
    {
        // The Chinese header has a tab within 'Candidate Ans', so that only its first names can be relied on.
        if (!TextLines.Read(path)[0].Text.StartsWith("Prompt\tAns\t", StringComparison.Ordinal))
        {
            throw new TextFormatException($"{path}, line 1: a BMLAMA file begins with the header Prompt, Ans, Candidate Ans, Subject, separated by tabs.");
        }

        return TextLines.Rows(path, malformed, line => Parse(TsvCells.Quoted(line.Text), line.Number - 1), skip: 1);
    }

    private static BmlamaItem Parse(string[] cells, int row)
    {
        if (cells.Length is not (3 or 4))
        {
            throw new MalformedRowException($"{cells.Length} cells where prompt, answer, candidates and subject are due, separated by one tab");
        }

        string[] candidates = cells[2].Split(Separator);
        string[] answers = candidates.Contains(cells[1], StringComparer.Ordinal) ? [cells[1]] : cells[1].Split(Separator);
        string? problem = cells[0].Split(Mask).Length != 2 ? $"the prompt must hold {Mask} once"
            : candidates.Distinct(StringComparer.Ordinal).Count() != candidates.Length ? "a candidate comes twice"
            : answers.FirstOrDefault(answer => !candidates.Contains(answer, StringComparer.Ordinal)) is { } stray ? $"the answer '{stray}' is not among the candidates"
            : null;
        return problem is null
            ? new BmlamaItem(row, cells[0], answers, candidates, cells.ElementAtOrDefault(3) ?? "")
            : throw new MalformedRowException(problem);
    }
}
