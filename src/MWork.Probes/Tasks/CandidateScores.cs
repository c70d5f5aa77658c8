using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Tensors;
using MWork.Probes.Text;

namespace MWork.Probes.Tasks;

/// <summary>How a model scores one prompt's candidates.</summary>
/// <param name="IsRight">The right answer has the highest logit of the candidates; a tie is wrong.</param>
/// <param name="LogOdds">Log-odds of the right answer within the candidates, in nats.</param>
/// <param name="TopToken">The highest token of the whole vocabulary.</param>
public readonly record struct CandidateScore(bool IsRight, double LogOdds, int TopToken)
{
    /// <summary>Scores one prompt by the logits [V] behind its last token.</summary>
    public static CandidateScore Of(ReadOnlySpan<float> logits, int answer, IReadOnlyList<int> candidates)
    {
        double best = double.NegativeInfinity;
        foreach (int candidate in candidates)
        {
            best = candidate == answer ? best : Math.Max(best, logits[candidate]);
        }

        double others = 0;
        foreach (int candidate in candidates)
        {
            others += candidate == answer ? 0 : Transcendentals.Exp(logits[candidate] - best);
        }

        return new CandidateScore(logits[answer] > best, logits[answer] - best - Transcendentals.Log(others), Top(logits));
    }

    /// <summary>The highest, the first among equals.</summary>
    internal static int Top(ReadOnlySpan<float> logits)
    {
        int top = 0;
        for (int id = 1; id < logits.Length; id++)
        {
            top = logits[id] > logits[top] ? id : top;
        }

        return top;
    }
}

/// <summary>Runs prompts and scores their candidates.</summary>
public static class CandidateScores
{
    /// <summary>One score per prompt, under a plan.</summary>
    /// <exception cref="ArgumentException">An answer or a candidate is not one token of the model.</exception>
    public static CandidateScore[] Measure(LanguageModel model, IReadOnlyList<Prompt> prompts, SitePlan? plan = null) =>
        Measure(model, prompts, _ => plan ?? SitePlan.None);

    /// <summary>One score per prompt, under a plan that is made for each batch: for edits that differ between rows or positions. What the
    /// plan holds may live in the scope that is open when it is asked for. Prompts whose answers are text (<see cref="Prompt.Suffix"/>) take a
    /// row per candidate.</summary>
    /// <exception cref="ArgumentException">An answer or a candidate is not one token of the model.</exception>
    public static CandidateScore[] Measure(LanguageModel model, IReadOnlyList<Prompt> prompts, Func<PromptBatch, SitePlan> plan)
    {
        var scores = new CandidateScore[prompts.Count];
        AnswerRows[] answers = [.. prompts.Select(prompt => AnswerRows.Of(model.Tokenizer, prompt))];
        LogitsAt at = AnswerRows.LogitsOf(answers);
        new Batches(model.Ops, model.Decoder.Config, AnswerRows.RowsPerPass(answers)).Each(
            answers, answer => answer.Rows.Sum(row => row.Length), (start, some) =>
            {
                using var scope = new TensorScope();
                var batch = new PromptBatch(start, TokenBatch.Of([.. some.SelectMany(answer => answer.Rows)]));
                ForwardPass pass = model.Decoder.Forward(model.Ops, batch.Tokens, plan(batch), logits: at);
                AnswerRows.Score(model.Ops, some, pass.Logits).CopyTo(scores, start);
            });

        return scores;
    }
}
