namespace MWork.Probes.Models;

/// <summary>
/// Everything in which decoder-only transformers differ from each other here. A family (<see cref="Families.IModelFamily"/>) maps a
/// published <c>config.json</c> to this description; the decoder knows no family.
/// </summary>
public sealed record ModelConfig
{
    /// <summary>The <c>model_type</c> of the published configuration.</summary>
    public required string Family { get; init; }

    public required int VocabularySize { get; init; }

    /// <summary>Width of the residual stream, D.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Neurons per feed-forward layer, F.</summary>
    public required int IntermediateSize { get; init; }

    /// <summary>Number of blocks, L.</summary>
    public required int Layers { get; init; }

    /// <summary>Query heads, H.</summary>
    public required int Heads { get; init; }

    /// <summary>Key-value heads, G; H is a multiple of it.</summary>
    public required int KeyValueHeads { get; init; }

    /// <summary>Size of one head, d.</summary>
    public required int HeadSize { get; init; }

    public int MaxPositions { get; init; } = 2048;

    public Norm Norm { get; init; } = new(NormKind.Rms, 1e-5f);

    /// <summary>Rotary positions, or null for ALiBi.</summary>
    public Rotary? Rotary { get; init; }

    /// <summary>Factor on the attention scores; 1/√d unless the family says otherwise.</summary>
    public required float AttentionScale { get; init; }

    /// <summary>Scores s become c·tanh(s/c).</summary>
    public float? AttentionSoftCap { get; init; }

    /// <summary>Per layer, how many positions a token sees, itself included; null entries see all.</summary>
    public IReadOnlyList<int?> Windows { get; init; } = [];

    /// <summary>RMS norms on queries and keys, per head, before the rotation.</summary>
    public bool QueryKeyNorm { get; init; }

    public bool QueryKeyValueBias { get; init; }

    public bool OutputBias { get; init; }

    public FeedForward FeedForward { get; init; } = FeedForward.GatedSilu;

    public bool FeedForwardBias { get; init; }

    /// <summary>Norms after attention and feed-forward as well as before.</summary>
    public bool PostNorms { get; init; }

    /// <summary>The unembedding is the embedding.</summary>
    public bool TiedEmbeddings { get; init; }

    public float EmbeddingScale { get; init; } = 1;

    /// <summary>A norm right after the embedding.</summary>
    public bool EmbeddingNorm { get; init; }

    /// <summary>Logits l become c·tanh(l/c).</summary>
    public float? FinalSoftCap { get; init; }

    public bool Gated => FeedForward is FeedForward.GatedSilu or FeedForward.GatedGeluTanh;
}

public enum NormKind
{
    Rms,
    Layer,
}

/// <summary>A norm: its kind, ε, and what is added to its weight (1 in Gemma).</summary>
public readonly record struct Norm(NormKind Kind, float Eps, float Offset = 0);

/// <summary>Activation of the feed-forward layer: act(gate)·up when gated, act(up) otherwise.</summary>
public enum FeedForward
{
    GatedSilu,
    GatedGeluTanh,
    GeluTanh,
}
