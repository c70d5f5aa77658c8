namespace MWork.Probes.Text.Published;

/// <summary>
/// A sentence of NTREX-128 (Federmann et al. 2022), as MicrosoftTranslator/NTREX publishes it: <c>newstest2019-ref.{language}.txt</c>, 1997
/// lines, line i the same sentence in all languages, and <c>DOCUMENT_IDS.tsv</c> with the document that each line is of.
/// </summary>
/// <param name="Row">Counted from 1.</param>
/// <param name="DocumentId">E.g. <c>bbc.381790</c>.</param>
public sealed record NtrexLine(int Row, string DocumentId, string Text)
{
    public const string IdFile = "DOCUMENT_IDS.tsv";

    /// <param name="path">A language's file.</param>
    /// <param name="ids">The file with the ids; null looks for <see cref="IdFile"/> beside <paramref name="path"/> and in the folder above.</param>
    /// <param name="malformed">What becomes of malformed rows; strict where null.</param>
    /// <exception cref="TextFormatException">A file cannot be read, or the two differ in length.</exception>
    public static IReadOnlyList<NtrexLine> Read(string path, string? ids = null, MalformedRows? malformed = null)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string?[] places = [ids, Path.Combine(folder, IdFile), Path.Combine(folder, "..", IdFile)];
        string found = places.OfType<string>().FirstOrDefault(File.Exists)
            ?? throw new TextFormatException($"{path}: there is no {IdFile} beside it or in the folder above; put it there.");
        List<TextLine> documents = TextLines.Read(found);
        List<TextLine> lines = TextLines.Read(path);
        if (documents.Count != lines.Count)
        {
            throw new TextFormatException($"{path} has {lines.Count} lines, {found} {documents.Count}; take both from the same release.");
        }

        return TextLines.Rows(path, malformed, line => string.IsNullOrWhiteSpace(line.Text)
            ? throw new MalformedRowException("the line is empty, and every line is a sentence")
            : new NtrexLine(line.Number, documents[line.Number - 1].Text.Trim(), line.Text));
    }

    /// <summary>The sentences of each document, joined by line ends, documents in the order of the file.</summary>
    public static IReadOnlyList<TextDocument> Documents(string language, IEnumerable<NtrexLine> lines) =>
        [.. lines.GroupBy(line => line.DocumentId).Select(document => new TextDocument(
            language, string.Join('\n', document.Select(line => line.Text)), document.Key))];
}
