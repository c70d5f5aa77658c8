using MWork.Probes.Tokenizers;

namespace MWork.Probes.Models.Generation;

/// <summary>What was generated after one prompt.</summary>
/// <param name="Prompt">The prompt's ids.</param>
/// <param name="Ids">The new ids, at least one. A stop token that ended them is the last, as in transformers.</param>
/// <param name="Ended">Why they ended.</param>
public sealed record Continuation(IReadOnlyList<int> Prompt, IReadOnlyList<int> Ids, EndReason Ended)
{
    /// <summary>
    /// The new text, without special tokens and without the stop token. Prompt and continuation are decoded together and the
    /// prompt's own text is cut off, because a token's text can depend on what stands before it (a leading space, a character
    /// of several bytes).
    /// </summary>
    public string Text(ITokenizer tokenizer)
    {
        IEnumerable<int> told = Ended == EndReason.StopToken ? Ids.SkipLast(1) : Ids;
        string prompt = tokenizer.Decode([.. Prompt]);
        string whole = tokenizer.Decode([.. Prompt, .. told]);
        int shared = prompt.AsSpan().CommonPrefixLength(whole);
        shared -= shared > 0 && shared < whole.Length && char.IsLowSurrogate(whole[shared]) ? 1 : 0;
        return whole[shared..];
    }
}

/// <summary>A continuation as text, beside its ids.</summary>
/// <param name="Prompt">The prompt.</param>
/// <param name="Text">What was generated after it.</param>
/// <param name="Continuation">The ids, and why they ended.</param>
public sealed record GeneratedText(string Prompt, string Text, Continuation Continuation);
