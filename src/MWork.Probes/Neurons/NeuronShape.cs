using MWork.Probes.Models;

namespace MWork.Probes.Neurons;

/// <summary>What decides which neurons a model has.</summary>
/// <param name="Layers">L.</param>
/// <param name="Ffn">F, neurons per feed-forward layer.</param>
/// <param name="Heads">H, query heads.</param>
/// <param name="KeyValueHeads">G, key-value heads.</param>
/// <param name="HeadSize">d.</param>
public sealed record NeuronShape(int Layers, int Ffn, int Heads, int KeyValueHeads, int HeadSize)
{
    /// <summary>Query heads per key-value head.</summary>
    public int Repeats => Heads / KeyValueHeads;

    public static NeuronShape Of(ModelConfig config) =>
        new(config.Layers, config.IntermediateSize, config.Heads, config.KeyValueHeads, config.HeadSize);

    /// <summary>The rows and columns of the model, of the matrices that the options name.</summary>
    public NeuronLayout Rows(PlndOptions options) => Measured(new PlndOptions { Matrices = options.Matrices });

    /// <summary>The neurons that PLND has scores for. Released scores of keys and values stand one per coordinate of every query
    /// head (<see cref="ReleasedOddities.EqualQueryKeyScores"/>), which under grouped heads are not rows yet.</summary>
    public NeuronLayout Measured(PlndOptions options)
    {
        int mixed = Heads * HeadSize;
        int grouped = KeyValueHeads * HeadSize;
        return new NeuronLayout(
            Layers,
            Size(NeuronMatrix.Ffn, Ffn),
            Size(NeuronMatrix.Query, mixed),
            Size(NeuronMatrix.Key, options.Oddities.EqualQueryKeyScores ? mixed : grouped),
            Size(NeuronMatrix.Value, options.Oddities.ValueOutputWithoutOutputNorm ? mixed : grouped),
            Size(NeuronMatrix.Output, mixed));

        int Size(NeuronMatrix matrix, int size) => options.Matrices.Contains(matrix) ? size : 0;
    }

    /// <summary>The neuron of the model that a place of <see cref="Measured"/> stands for.</summary>
    internal Neuron RowOf(Neuron measured, PlndOptions options)
    {
        bool expanded = measured.Matrix switch
        {
            NeuronMatrix.Key => options.Oddities.EqualQueryKeyScores,
            NeuronMatrix.Value => options.Oddities.ValueOutputWithoutOutputNorm,
            _ => false,
        };
        return !expanded ? measured : measured with
        {
            Index = options.Oddities.GroupedIndexMapping
                ? measured.Index / Repeats
                : (measured.Index / (Repeats * HeadSize) * HeadSize) + (measured.Index % HeadSize),
        };
    }
}
