using MWork.Probes.Text;
using MWork.Probes.Tokenizers;

namespace MWork.Probes.Tasks;

/// <summary>A prompt's answer and candidates as one model's token ids.</summary>
internal sealed record AnswerIds(int Answer, IReadOnlyList<int> Candidates)
{
    /// <exception cref="ArgumentException">An answer or a candidate is not one token of the model.</exception>
    public static AnswerIds Of(ITokenizer tokenizer, Prompt prompt)
    {
        return new AnswerIds(Id(prompt.Answer), [.. prompt.Candidates.Select(Id)]);

        int Id(string token) => tokenizer.TokenToId(token)
            ?? throw new ArgumentException($"'{token}' is not one token of this model; its answers cannot be scored.", nameof(prompt));
    }

    /// <summary>The score by the logits [V] behind the prompt's last token.</summary>
    public CandidateScore Score(ReadOnlySpan<float> logits) => CandidateScore.Of(logits, Answer, Candidates);
}
