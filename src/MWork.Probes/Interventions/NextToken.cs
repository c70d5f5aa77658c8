using MWork.Probes.Models;
using MWork.Probes.Tensors;

namespace MWork.Probes.Interventions;

/// <summary>What a model says next, before and after an edit.</summary>
/// <param name="Token">Its id.</param>
/// <param name="Before">Its probability in the clean run.</param>
/// <param name="After">Its probability in the edited run.</param>
public readonly record struct AnswerChange(int Token, double Before, double After);

/// <summary>The distribution behind a prompt's last token.</summary>
public static class NextToken
{
    /// <summary>Probabilities [V], after softmax over the vocabulary.</summary>
    /// <param name="prompt">Token ids.</param>
    /// <param name="plan">Made for the batch of this one prompt, in the scope of the forward pass; null for a clean run.</param>
    /// <exception cref="ArgumentException">The prompt is empty or too long, or the plan does not fit the model.</exception>
    public static float[] Probabilities(LanguageModel model, int[] prompt, Func<PromptBatch, SitePlan>? plan = null)
    {
        using var scope = new TensorScope();
        var batch = new PromptBatch(0, TokenBatch.Of([prompt]));
        Tensor logits = model.Decoder.Forward(model.Ops, batch.Tokens, plan?.Invoke(batch) ?? SitePlan.None, logits: LogitsAt.Last).Logits;
        return model.Ops.Softmax(logits).ToArray();
    }

    /// <summary>The likeliest answers of either run, the clean run's first; ties go to the lower id.</summary>
    /// <param name="top">How many of each.</param>
    public static IReadOnlyList<AnswerChange> Compare(float[] before, float[] after, int top)
    {
        return [.. Top(before).Union(Top(after)).Select(token => new AnswerChange(token, before[token], after[token]))];

        IEnumerable<int> Top(float[] probabilities) =>
            Enumerable.Range(0, probabilities.Length).OrderByDescending(token => probabilities[token]).Take(top);
    }
}
