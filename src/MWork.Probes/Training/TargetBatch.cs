using MWork.Probes.Models;

namespace MWork.Probes.Training;

/// <summary>A batch with what is to be said at each position: the next token, or answers only.</summary>
/// <param name="Tokens">Token ids [B, T].</param>
/// <param name="Targets">For each position [B·T] the token that should follow, −1 where the loss does not look.</param>
public sealed record TargetBatch(TokenBatch Tokens, int[] Targets)
{
    /// <summary>Next-token prediction at every position.</summary>
    public static TargetBatch Next(TokenBatch tokens) => new(tokens, tokens.NextTokens());

    /// <summary>Questions [B, T] whose answer is due behind the last token; nothing else counts.</summary>
    /// <param name="answers">One token per row.</param>
    /// <exception cref="ArgumentException">There are not as many answers as rows.</exception>
    public static TargetBatch Answers(TokenBatch tokens, IReadOnlyList<int> answers)
    {
        if (answers.Count != tokens.Rows)
        {
            throw new ArgumentException($"{answers.Count} answers for {tokens.Rows} rows; give one each.", nameof(answers));
        }

        int[] targets = new int[tokens.Ids.Length];
        Array.Fill(targets, -1);
        int[] last = tokens.LastPositions();
        for (int row = 0; row < answers.Count; row++)
        {
            targets[last[row]] = answers[row];
        }

        return new TargetBatch(tokens, targets);
    }
}
