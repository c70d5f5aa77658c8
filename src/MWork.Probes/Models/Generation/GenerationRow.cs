using MWork.Probes.Randomness;

namespace MWork.Probes.Models.Generation;

/// <summary>One prompt on its way.</summary>
internal sealed class GenerationRow(int index, int[] prompt, int limit, GenerationOptions options)
{
    private readonly List<int> _ids = [];
    private readonly CounterRandom? _random = options.Sampling?.Stream(prompt);
    private EndReason? _ended;

    public int Index => index;

    public int PromptLength => prompt.Length;

    /// <summary>Positions that are read when the row goes on to its limit.</summary>
    public int MaxRead => prompt.Length + limit - 1;

    public bool HasEnded => _ended is not null;

    /// <summary>What the next pass reads: everything, or only what a cache has not seen.</summary>
    public int[] Unread(bool cached) => cached && _ids.Count > 0 ? [_ids[^1]] : [.. prompt, .. _ids];

    /// <summary>Decides the next token by its logits [V].</summary>
    public void Extend(ReadOnlySpan<float> logits)
    {
        int likeliest = Likeliest(logits);
        int id = options.Sampling is { } sampling ? sampling.Pick(logits, _random!.Fork(_ids.Count).NextDouble()) : likeliest;
        _ids.Add(id);
        _ended = options.StopTokens?.Contains(id) == true ? EndReason.StopToken
            : _ids.Count == options.MaxNewTokens ? EndReason.MaxNewTokens
            : _ids.Count == limit ? EndReason.MaxPositions
            : null;
    }

    public Continuation ToContinuation() => new(prompt, _ids, _ended!.Value);

    private int Likeliest(ReadOnlySpan<float> logits)
    {
        int best = 0;
        bool isNumber = true;
        for (int id = 0; id < logits.Length; id++)
        {
            isNumber &= !float.IsNaN(logits[id]);
            best = logits[id] > logits[best] ? id : best;
        }

        return isNumber && float.IsFinite(logits[best])
            ? best
            : throw new InvalidDataException(
                $"The logits for token {_ids.Count + 1} after prompt {index + 1} hold a NaN or no finite maximum, "
                + "so that none can be chosen; look at the weights and at what the plan edits.");
    }
}
