namespace MWork.Probes.Neurons;

/// <summary>What each feed-forward neuron of some layers adds to the probability of one prompt's answer.</summary>
/// <param name="Layers">One per layer asked for, in that order.</param>
public sealed record Attribution(IReadOnlyList<LayerAttribution> Layers)
{
    /// <summary>The largest completeness error of the layers.</summary>
    public double CompletenessError => Layers.Max(layer => layer.CompletenessError);

    /// <summary>Whether the sums account for the probabilities within <see cref="KnowledgeNeurons.CompletenessLimit"/>; otherwise the run is
    /// Invalid.</summary>
    public bool IsComplete => CompletenessError <= KnowledgeNeurons.CompletenessLimit;

    /// <summary>The share of every attributed neuron, summed over positions.</summary>
    public IEnumerable<(Neuron Neuron, double Value)> Neurons => Layers.SelectMany(layer => Enumerable.Range(0, layer.Width)
        .Select(index => (new Neuron(layer.Layer, NeuronMatrix.Ffn, index), layer.Of(index))));
}

/// <summary>The integrated gradients of one layer.</summary>
/// <param name="Layer">Block, from 0.</param>
/// <param name="Width">F, neurons of the layer.</param>
/// <param name="Values">[T, F], by position and neuron; zero at positions that were not scaled.</param>
/// <param name="Clean">P(x), the answer's probability.</param>
/// <param name="Baseline">P(0), with the layer's scaled activations at zero.</param>
/// <param name="Nodes">At how many points of the path gradients were taken.</param>
public sealed record LayerAttribution(int Layer, int Width, IReadOnlyList<double> Values, double Clean, double Baseline, int Nodes)
{
    // A change of probability below this is measured against this: what is next to nothing has no relative error worth a verdict.
    private const double SmallestChange = 0.01;

    /// <summary>|Σ attributions − (P(x) − P(0))| / max(|P(x) − P(0)|, 0.01).</summary>
    public double CompletenessError =>
        Math.Abs(Values.Sum() - (Clean - Baseline)) / Scale(Clean, Baseline);

    /// <summary>The share of one neuron at one position.</summary>
    public double this[int position, int neuron] => Values[(position * Width) + neuron];

    /// <summary>What the completeness error is relative to.</summary>
    internal static double Scale(double clean, double baseline) => Math.Max(Math.Abs(clean - baseline), SmallestChange);

    /// <summary>The share of one neuron, summed over positions.</summary>
    public double Of(int neuron)
    {
        double sum = 0;
        for (int at = neuron; at < Values.Count; at += Width)
        {
            sum += Values[at];
        }

        return sum;
    }
}
