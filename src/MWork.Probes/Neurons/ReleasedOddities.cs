using MWork.Probes.Models;

namespace MWork.Probes.Neurons;

/// <summary>
/// In what the authors' released code (commit be2b161) departs from the method as described, each on its own. Not here because
/// they are about interventions and lenses: weights are zeroed in place and never restored, the Mistral mask cancels itself, the
/// lens has no final norm, layer 0 of the lens figure is a constant.
/// </summary>
public sealed record ReleasedOddities
{
    public static readonly ReleasedOddities None = new();

    /// <summary>The FFN score is made of W_up·x: no gate, no activation function, no norm of W_down.</summary>
    public bool UngatedFfnScore { get; init; }

    /// <summary>What a coordinate adds to the scores is taken off without the factor 1/√d that the scores carry. Coordinates
    /// only.</summary>
    public bool UnscaledDelta { get; init; }

    /// <summary>Key scores are the query scores, one per coordinate of every query head. With grouped heads that is more than W_K
    /// has rows; sets are mapped onto rows at the end (<see cref="GroupedIndexMapping"/>).</summary>
    public bool EqualQueryKeyScores { get; init; }

    /// <summary>Value and output scores are both made of the heads' joined outputs, without the norm of W_O. Value scores are
    /// then one per coordinate of every query head, like <see cref="EqualQueryKeyScores"/>.</summary>
    public bool ValueOutputWithoutOutputNorm { get; init; }

    /// <summary>Scores are sums over tokens of absolute values, and for queries and keys of squares without the root; nothing is
    /// divided by √T, so length matters.</summary>
    public bool SumOverTokens { get; init; }

    /// <summary>So many neurons per layer and matrix, important or not, in place of a share of those above zero; null for the
    /// share.</summary>
    public TopCount? TopCount { get; init; }

    /// <summary>Specific to ℓ is what is consistent in ℓ and not consistent in <i>all</i> languages.</summary>
    public bool SpecificAgainstAllLanguages { get; init; }

    /// <summary>Of a set that is too large, the neurons to deactivate are those that Python's set order gives first, not the most
    /// important (<see cref="SetOrder"/>).</summary>
    public bool SubsetBySetOrder { get; init; }

    /// <summary>Coordinate j of the query heads becomes row j / (H/G) of W_K and W_V, where (j / (d·H/G))·d + j mod d is right.
    /// Shows only together with scores that are one per coordinate of every query head.</summary>
    public bool GroupedIndexMapping { get; init; }

    /// <summary>All of them.</summary>
    public static ReleasedOddities Released(TopCount count) => new()
    {
        UngatedFfnScore = true,
        UnscaledDelta = true,
        EqualQueryKeyScores = true,
        ValueOutputWithoutOutputNorm = true,
        SumOverTokens = true,
        TopCount = count,
        SpecificAgainstAllLanguages = true,
        SubsetBySetOrder = true,
        GroupedIndexMapping = true,
    };
}

/// <summary>How many neurons of each layer's attention matrices and of its FFN a document finds important.</summary>
public sealed record TopCount(int Attention, int Ffn)
{
    /// <summary>As the released README says.</summary>
    public static readonly TopCount Readme = new(1000, 2000);

    /// <summary>As the released code for Llama has it.</summary>
    public static readonly TopCount LlamaCode = new(2000, 12000);

    // Llama-3-8B, which the released numbers are for.
    private const int ReleasedHiddenSize = 4096;
    private const int ReleasedIntermediateSize = 14336;

    /// <summary>The same shares of a smaller model, rounded up.</summary>
    public TopCount For(ModelConfig config) => new(
        Scale(Attention, config.Heads * config.HeadSize, ReleasedHiddenSize),
        Scale(Ffn, config.IntermediateSize, ReleasedIntermediateSize));

    public int Of(NeuronMatrix matrix) => matrix == NeuronMatrix.Ffn ? Ffn : Attention;

    private static int Scale(int count, int size, int released) => (int)((((long)count * size) + released - 1) / released);
}
