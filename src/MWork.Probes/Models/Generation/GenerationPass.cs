namespace MWork.Probes.Models.Generation;

/// <summary>
/// One forward pass of generation, for what edits or observes it. The token at column t of row b stands at position
/// <c>Starts[b] + t</c> of its text: with a cache the first pass holds the prompts and every later one a single token per row,
/// without a cache every pass holds whole texts.
/// </summary>
/// <param name="Step">Tokens that these rows have generated before this pass; the pass decides the next one.</param>
/// <param name="Prompts">For every row, the index of its prompt in the list that was given. Rows that have ended are
/// gone.</param>
/// <param name="PromptLengths">For every row, how many tokens its prompt has.</param>
/// <param name="Starts">For every row, the position of its first column.</param>
/// <param name="Tokens">The tokens [B, T] of the pass.</param>
public sealed record GenerationPass(
    int Step, IReadOnlyList<int> Prompts, IReadOnlyList<int> PromptLengths, IReadOnlyList<int> Starts, TokenBatch Tokens);
