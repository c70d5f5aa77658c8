namespace MWork.Probes.Text.Published;

/// <summary>
/// A choice of XCOPA (Ponti et al. 2020), as cambridgeltl/xcopa publishes it: <c>{split}.{language}.jsonl</c>, 500 lines for test, 100 for
/// validation. <paramref name="Index"/> is the same in all languages of a split.
/// </summary>
/// <param name="Index">The field <c>idx</c>.</param>
/// <param name="AsksCause">Whether the cause of the premise is asked for; its effect otherwise.</param>
/// <param name="Right">0 or 1, the place of the right choice.</param>
public sealed record XcopaItem(int Index, string Premise, IReadOnlyList<string> Choices, bool AsksCause, int Right)
{
    /// <exception cref="TextFormatException">The file cannot be read.</exception>
    public static IReadOnlyList<XcopaItem> Read(string path, MalformedRows? malformed = null)
    {
        var seen = new HashSet<int>();
        return TextLines.Rows(path, malformed, line =>
        {
            if (JsonRow.Of(line) is not { } row)
            {
                return null;
            }

            string asked = row.Text("question");
            var item = new XcopaItem(row.Number("idx"), row.Text("premise"), [row.Text("choice1"), row.Text("choice2")], asked == "cause", row.Number("label"));
            string? problem = asked is not ("cause" or "effect") ? $"field 'question' is '{asked}' and must be cause or effect"
                : item.Right is not (0 or 1) ? $"field 'label' is {item.Right} and must be 0 or 1"
                : item.Choices.Append(item.Premise).Any(string.IsNullOrWhiteSpace) ? "the premise or a choice is empty"
                : seen.Add(item.Index) ? null
                : $"the idx {item.Index} comes twice";
            return problem is null ? item : throw new MalformedRowException(problem);
        });
    }
}
