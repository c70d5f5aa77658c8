using System.Text;

namespace MWork.Probes.Text.Published;

/// <summary>
/// A question of XQuAD (Artetxe et al. 2020), as deepmind/xquad publishes it: <c>xquad.{language}.json</c> in the shape of SQuAD 1.1,
/// 1190 questions. Ids are the same in all languages.
/// </summary>
public sealed record XquadItem(string Id, string Title, string Context, string Question, IReadOnlyList<string> Answers)
{
    /// <summary>Reads <c>data[].paragraphs[].qas[]</c>. Malformed questions are numbered through the file, since JSON has no rows.</summary>
    /// <exception cref="TextFormatException">The file cannot be read.</exception>
    public static IReadOnlyList<XquadItem> Read(string path, MalformedRows? malformed = null)
    {
        var items = new List<XquadItem>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        int number = 0;
        string json = TextLines.ReadWhole(path);
        try
        {
            foreach (JsonRow article in JsonRow.Of(json).List("data"))
            {
                string title = article.TextOrNull("title") ?? "";
                foreach (JsonRow paragraph in article.List("paragraphs"))
                {
                    string context = paragraph.Text("context");
                    foreach (JsonRow question in paragraph.List("qas"))
                    {
                        number++;
                        Add(question, title, context);
                    }
                }
            }
        }
        catch (MalformedRowException error)
        {
            throw new TextFormatException($"{path}: {error.Message}; this is not a file in the shape of SQuAD 1.1.", error);
        }

        return items.Count > 0 ? items : throw new TextFormatException($"{path} holds no question that can be used; give a file with at least one.");

        void Add(JsonRow question, string title, string context)
        {
            try
            {
                var item = new XquadItem(
                    question.Text("id"), title, context, question.Text("question"), [.. question.List("answers").Select(answer => Checked(answer, context))]);
                string? problem = item.Answers.Count == 0 ? $"question '{item.Id}' has no answer"
                    : ids.Add(item.Id) ? null
                    : $"the id '{item.Id}' comes twice";
                items.Add(problem is null ? item : throw new MalformedRowException(problem));
            }
            catch (MalformedRowException error)
            {
                (malformed ?? MalformedRows.Strict).Add(new MalformedRow(path, number, $"{error.Message} (question {number} of the file)"));
            }
        }
    }

    // Offsets count code points, as in Python; an offset that misses shows that context and answer are not of the same text.
    private static string Checked(JsonRow answer, string context)
    {
        string text = answer.Text("text");
        int start = answer.Number("answer_start");
        int at = 0;
        foreach (Rune rune in context.EnumerateRunes().Take(Math.Max(start, 0)))
        {
            at += rune.Utf16SequenceLength;
        }

        return text.Length > 0 && start >= 0 && context.AsSpan(at).StartsWith(text, StringComparison.Ordinal)
            ? text
            : throw new MalformedRowException($"the answer '{text}' does not stand in its context at answer_start {start}");
    }
}
