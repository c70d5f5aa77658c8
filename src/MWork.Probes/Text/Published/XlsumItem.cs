namespace MWork.Probes.Text.Published;

/// <summary>
/// An article of XL-Sum (Hasan et al. 2021), as csebuetnlp/xl-sum publishes it: <c>{language}_{split}.jsonl</c>, an object a line. The
/// languages have different articles.
/// </summary>
public sealed record XlsumItem(string Id, string Title, string Summary, string Text)
{
    /// <exception cref="TextFormatException">The file cannot be read.</exception>
    public static IReadOnlyList<XlsumItem> Read(string path, MalformedRows? malformed = null)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return TextLines.Rows(path, malformed, line =>
        {
            if (JsonRow.Of(line) is not { } row)
            {
                return null;
            }

            var item = new XlsumItem(row.Text("id"), row.TextOrNull("title") ?? "", row.Text("summary"), row.Text("text"));
            string? problem = string.IsNullOrWhiteSpace(item.Summary) || string.IsNullOrWhiteSpace(item.Text) ? "the text or its summary is empty"
                : seen.Add(item.Id) ? null
                : $"the id '{item.Id}' comes twice";
            return problem is null ? item : throw new MalformedRowException(problem);
        });
    }
}
