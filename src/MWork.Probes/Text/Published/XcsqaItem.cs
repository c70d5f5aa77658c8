namespace MWork.Probes.Text.Published;

/// <summary>
/// A question of X-CSQA (Lin et al. 2021), as the X-CSR project publishes it: an object a line, with <c>id</c>,
/// <c>question.stem</c>, <c>question.choices[]</c> of <c>label</c> and <c>text</c>, and <c>answerKey</c>; or as data sets export it, with
/// <c>choices.label[]</c> and <c>choices.text[]</c> side by side. Ids are the same in all languages.
/// </summary>
/// <param name="Answer">The place of the right choice; null in the test files, which hide it.</param>
public sealed record XcsqaItem(string Id, string Question, IReadOnlyList<XcsqaChoice> Choices, int? Answer)
{
    /// <exception cref="TextFormatException">The file cannot be read.</exception>
    public static IReadOnlyList<XcsqaItem> Read(string path, MalformedRows? malformed = null)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return TextLines.Rows(path, malformed, line =>
        {
            if (JsonRow.Of(line) is not { } row)
            {
                return null;
            }

            JsonRow question = row.Object("question");
            XcsqaChoice[] choices = question.HoldsObject("choices")
                ? SideBySide(question.Object("choices"))
                : [.. question.List("choices").Select(choice => new XcsqaChoice(choice.Text("label"), choice.Text("text")))];
            string? key = row.TextOrNull("answerKey") is { Length: > 0 } told ? told : null;
            int place = Array.FindIndex(choices, choice => choice.Label == key);
            var item = new XcsqaItem(row.Text("id"), question.Text("stem"), choices, key is null ? null : place);
            string? problem = choices.Length < 2 ? "there are fewer than two choices"
                : key is not null && place < 0 ? $"the answerKey '{key}' is not the label of a choice"
                : seen.Add(item.Id) ? null
                : $"the id '{item.Id}' comes twice";
            return problem is null ? item : throw new MalformedRowException(problem);
        });
    }

    private static XcsqaChoice[] SideBySide(JsonRow choices)
    {
        (string[] labels, string[] texts) = (choices.Texts("label"), choices.Texts("text"));
        return labels.Length == texts.Length
            ? [.. labels.Zip(texts, (label, text) => new XcsqaChoice(label, text))]
            : throw new MalformedRowException($"there are {labels.Length} labels for {texts.Length} choices");
    }
}

/// <param name="Label">A to E.</param>
public sealed record XcsqaChoice(string Label, string Text);
