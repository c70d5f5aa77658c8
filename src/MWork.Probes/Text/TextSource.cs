namespace MWork.Probes.Text;

/// <summary>The documents of one language, from a file or a folder.</summary>
/// <remarks>
/// <c>*.txt</c>: a document a line; <c>*.jsonl</c>: a document an object, in the named field; <c>*.tsv</c>: a document a row, in the
/// column of that name; a folder: a document per <c>*.txt</c> file. Blank lines are no documents. A document that comes again is
/// dropped and counted.
/// </remarks>
public sealed class TextSource
{
    /// <summary>The field of JSONL and the column of TSV that holds the text where nothing else is said.</summary>
    public const string DefaultField = "text";

    private TextSource(string path, IReadOnlyList<TextDocument> documents, int repeated) =>
        (Path, Documents, Repeated) = (path, documents, repeated);

    public string Path { get; }

    /// <summary>In the order of the file, or of the file names; each content once.</summary>
    public IReadOnlyList<TextDocument> Documents { get; }

    /// <summary>Documents that were dropped because their content had come before.</summary>
    public int Repeated { get; }

    /// <summary>One hash for all documents, in their order.</summary>
    public string Hash => ContentHash.Combine(Documents.Select(document => document.Hash));

    /// <summary>The endings that name a format; a folder needs none.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".txt", ".jsonl", ".tsv"];

    /// <param name="language">Its code.</param>
    /// <param name="path">A file or a folder.</param>
    /// <param name="field">Where JSONL and TSV hold the text.</param>
    /// <param name="malformed">What becomes of malformed rows; strict where null.</param>
    /// <exception cref="TextFormatException">There is nothing there, or it cannot be read.</exception>
    public static TextSource Open(string language, string path, string field = DefaultField, MalformedRows? malformed = null)
    {
        TextDocument[] all = [.. (Directory.Exists(path) ? Files(path) : System.IO.Path.GetExtension(path) switch
        {
            ".txt" => Lines(path, malformed),
            ".jsonl" => Jsonl(path, field, malformed),
            ".tsv" => Tsv(path, field, malformed),
            _ => throw new TextFormatException(
                $"{path} is neither a folder nor a file that ends in {string.Join(", ", Endings)}; name it by its format."),
        }).Select(found => new TextDocument(language, found.Text, found.Place))];
        TextDocument[] distinct = [.. all.DistinctBy(document => document.Hash)];
        return new TextSource(path, distinct, all.Length - distinct.Length);
    }

    private static IEnumerable<Found> Lines(string path, MalformedRows? malformed) => TextLines.Rows(
        path, malformed, line => string.IsNullOrWhiteSpace(line.Text) ? null : new Found(line.Text, $"{path}, line {line.Number}"));

    private static Found[] Files(string folder)
    {
        string[] files = [.. Directory.GetFiles(folder, "*.txt").Order(StringComparer.Ordinal)];
        return files.Length > 0
            ? [.. files.Select(file => new Found(TextLines.ReadWhole(file), file)).Where(found => !string.IsNullOrWhiteSpace(found.Text))]
            : throw new TextFormatException($"{folder} holds no *.txt file; put one there for each document.");
    }

    private static List<Found> Jsonl(string path, string field, MalformedRows? malformed) => TextLines.Rows(path, malformed, line =>
        JsonRow.Of(line) is { } row ? Said(row.Text(field), $"field '{field}'", path, line) : null);

    private static List<Found> Tsv(string path, string field, MalformedRows? malformed)
    {
        string[] header = TsvCells.Plain(TextLines.Read(path)[0].Text);
        int column = Array.IndexOf(header, field);
        if (column < 0)
        {
            throw new TextFormatException(
                $"{path}, line 1: there is no column '{field}' among {string.Join(", ", header)}; name the column that holds the text.");
        }

        return TextLines.Rows(path, malformed, line =>
        {
            string[] cells = TsvCells.Plain(line.Text);
            return cells.Length == header.Length
                ? Said(cells[column], $"column '{field}'", path, line)
                : throw new MalformedRowException($"{cells.Length} cells stand under {header.Length} columns; separate cells by one tab");
        }, skip: 1);
    }

    private static Found Said(string text, string where, string path, TextLine line) => string.IsNullOrWhiteSpace(text)
        ? throw new MalformedRowException($"{where} is empty")
        : new Found(text, $"{path}, line {line.Number}");

    private sealed record Found(string Text, string Place);
}
