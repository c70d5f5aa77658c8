using MWork.Probes.Models;
using MWork.Probes.Tensors;
using MWork.Probes.Text;
using MWork.Probes.Tokenizers;

namespace MWork.Probes.Tasks;

/// <summary>
/// A prompt as the rows of tokens that one model must read to score its candidates: the prompt alone where each candidate is one
/// token, else the whole text with each candidate in turn.
/// </summary>
/// <remarks>
/// A candidate of several tokens counts with the log-probability of all that follows the tokens which the texts have in common, so that
/// the difference of two is the model's log-odds between the two texts. Nothing is divided by a length.
/// </remarks>
internal sealed class AnswerRows
{
    // Logits at every position are as wide as the vocabulary; eight rows of them still fit where the model does.
    private const int TextRowsPerPass = 8;

    private readonly IReadOnlyList<int> _candidates; // token ids, or indices of rows
    private readonly int _answer;
    private readonly int _from; // 0 where candidates are tokens, else the first place at which a row's tokens count

    private AnswerRows(IReadOnlyList<int[]> rows, int answer, IReadOnlyList<int> candidates, int from) =>
        (Rows, _answer, _candidates, _from) = (rows, answer, candidates, from);

    public IReadOnlyList<int[]> Rows { get; }

    /// <exception cref="ArgumentException">A candidate that must be one token is none of the model's, or two candidates have the same tokens.</exception>
    public static AnswerRows Of(ITokenizer tokenizer, Prompt prompt)
    {
        if (prompt.Suffix is null)
        {
            return new AnswerRows([tokenizer.Encode(prompt.Text)], Id(prompt.Answer), [.. prompt.Candidates.Select(Id)], from: 0);
        }

        int[][] rows = [.. prompt.Candidates.Select(candidate => tokenizer.Encode(prompt.Text + candidate + prompt.Suffix))];
        int from = rows.Skip(1).Aggregate(rows[0].Length, (shared, row) => Math.Min(shared, row.AsSpan().CommonPrefixLength(rows[0])));
        int answer = Array.IndexOf([.. prompt.Candidates], prompt.Answer);
        return from > 0 && answer >= 0 && rows.DistinctBy(row => string.Join(' ', row)).Count() == rows.Length
            ? new AnswerRows(rows, answer, [.. Enumerable.Range(0, rows.Length)], from)
            : throw new ArgumentException(
                $"The candidates of '{prompt.Fact}' in {prompt.Language} cannot be told apart: to the model's tokenizer two are the same, or no token comes before them.");

        int Id(string token) => tokenizer.TokenToId(token)
            ?? throw new ArgumentException($"'{token}' is not one token of this model; its answers cannot be scored.");
    }

    /// <summary>How many prompts one pass takes.</summary>
    public static int RowsPerPass(IReadOnlyList<AnswerRows> prompts) => LogitsOf(prompts) == LogitsAt.Last
        ? PromptBatch.DefaultRows
        : Math.Max(1, TextRowsPerPass / prompts.Max(prompt => prompt.Rows.Count));

    /// <summary>Which logits scoring needs.</summary>
    public static LogitsAt LogitsOf(IEnumerable<AnswerRows> prompts) => prompts.Any(prompt => prompt._from > 0) ? LogitsAt.All : LogitsAt.Last;

    /// <summary>The scores of prompts whose rows were one batch.</summary>
    /// <param name="logits">[B, T, V] as <see cref="LogitsOf"/> says, T being 1 for the last position alone.</param>
    public static CandidateScore[] Score(ITensorOps ops, IReadOnlyList<AnswerRows> prompts, Tensor logits)
    {
        (int width, int vocabulary) = (logits.Size(1), logits.Size(2));
        float[] values = (prompts.Any(prompt => prompt._from > 0) ? ops.LogSoftmax(logits) : logits).ToArray();
        var scores = new CandidateScore[prompts.Count];
        int row = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = prompts[i].Score(values.AsSpan(row * width * vocabulary), width, vocabulary);
            row += prompts[i].Rows.Count;
        }

        return scores;
    }

    private CandidateScore Score(ReadOnlySpan<float> values, int width, int vocabulary)
    {
        if (_from == 0)
        {
            return CandidateScore.Of(values.Slice((Math.Min(Rows[0].Length, width) - 1) * vocabulary, vocabulary), _answer, _candidates);
        }

        float[] sums = new float[Rows.Count];
        for (int row = 0; row < sums.Length; row++)
        {
            double sum = 0;
            for (int t = _from; t < Rows[row].Length; t++)
            {
                sum += values[(((row * width) + t - 1) * vocabulary) + Rows[row][t]];
            }

            sums[row] = (float)sum;
        }

        int top = CandidateScore.Top(values.Slice((_from - 1) * vocabulary, vocabulary));
        return CandidateScore.Of(sums, _answer, _candidates) with { TopToken = top };
    }
}
