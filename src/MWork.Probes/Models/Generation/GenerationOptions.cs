using MWork.Probes.Interventions;

namespace MWork.Probes.Models.Generation;

/// <summary>How to continue prompts.</summary>
public sealed record GenerationOptions
{
    /// <summary>Tokens to generate at most, for each prompt.</summary>
    public int MaxNewTokens { get; init; } = 20;

    /// <summary>How tokens are drawn; null takes the likeliest each time (greedy), the lowest id among equals.</summary>
    public Sampling? Sampling { get; init; }

    /// <summary>
    /// Ids after which a row ends; null for the tokenizer's end-of-sequence id, where there is a tokenizer that names one.
    /// </summary>
    public IReadOnlyCollection<int>? StopTokens { get; init; }

    /// <summary>
    /// What every pass records and edits; null for nothing. A plan whose edits treat each position alike, whichever it is
    /// (switching neurons off), means the same in the pass over the prompt, where sites are [B, T, ..], and in later ones,
    /// where T is 1. An edit of certain positions or steps asks the pass where it stands. An edit of keys and values (or of
    /// anything below them) is remembered with the token by the cache; so that it means the same without one, let it depend on
    /// the position and not on the step.
    /// </summary>
    public Func<GenerationPass, SitePlan>? Plan { get; init; }

    /// <summary>
    /// Sees every pass and what it gave, before its tensors are disposed; logits are [B, 1, V], at each row's last token.
    /// </summary>
    public Action<GenerationPass, ForwardPass>? Observe { get; init; }

    /// <summary>
    /// Whether keys and values are kept between steps. Off, every step reads the whole text again: the same bits, for checking.
    /// </summary>
    public bool UseCache { get; init; } = true;

    /// <summary>Rows that run together. More are faster and take more memory; the result is the same.</summary>
    public int BatchRows { get; init; } = 16;

    /// <summary>The same options under one plan for every pass.</summary>
    public GenerationOptions Under(SitePlan plan) => this with { Plan = _ => plan };

    internal void Check()
    {
        if (MaxNewTokens < 1)
        {
            throw new ArgumentException($"The number of new tokens is {MaxNewTokens} but must be at least 1.");
        }

        if (BatchRows < 1)
        {
            throw new ArgumentException($"The number of rows in a batch is {BatchRows} but must be at least 1.");
        }

        Sampling?.Check();
    }
}
