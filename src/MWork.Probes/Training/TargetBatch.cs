using MWork.Probes.Models;

namespace MWork.Probes.Training;

/// <summary>A batch with what is to be said: the next token at each position, or answers only.</summary>
/// <param name="Tokens">Token ids [B, T].</param>
/// <param name="Targets">For each position that gets logits ([B·T], or [B] at the last ones) the token that should follow, −1 where the loss does
/// not look.</param>
/// <param name="At">Which positions get logits.</param>
public sealed record TargetBatch(TokenBatch Tokens, int[] Targets, LogitsAt At)
{
    /// <summary>Next-token prediction at every position.</summary>
    public static TargetBatch Next(TokenBatch tokens) => new(tokens, tokens.NextTokens(), LogitsAt.All);

    /// <summary>Questions [B, T] whose answer is due behind the last token; nothing else counts.</summary>
    /// <param name="answers">One token per row.</param>
    /// <exception cref="ArgumentException">There are not as many answers as rows.</exception>
    public static TargetBatch Answers(TokenBatch tokens, IReadOnlyList<int> answers)
    {
        if (answers.Count != tokens.Rows)
        {
            throw new ArgumentException($"{answers.Count} answers for {tokens.Rows} rows; give one each.", nameof(answers));
        }

        return new TargetBatch(tokens, [.. answers], LogitsAt.Last);
    }
}
