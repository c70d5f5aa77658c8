namespace MWork.Hypotheses.Harness;

/// <summary>How language neurons are found: the same for every claim that needs them.</summary>
public sealed record NeuronSelection
{
    public static readonly NeuronSelection Default = new()
    {
        TopShare = 0.1,     // q: above any language's share of a layer in the planted models, so that nothing planted is cut
        Documents = 24,     // m: a neuron that fires by chance in half of the documents survives with 1 in 16 million
        Pool = 48,          // twice m: two halves that share no document
        Tokens = 64,
        Seed = 20240229,
    };

    /// <summary>q, the share of a layer and matrix that counts as important in a document.</summary>
    public required double TopShare { get; init; }

    /// <summary>m, documents per language that must all find a neuron important.</summary>
    public required int Documents { get; init; }

    /// <summary>Documents per language that draws of m are made from.</summary>
    public required int Pool { get; init; }

    /// <summary>Tokens per document.</summary>
    public required int Tokens { get; init; }

    public required ulong Seed { get; init; }
}
