using MWork.Probes.Models;
using MWork.Probes.Neurons;
using MWork.Probes.Tensors;

namespace MWork.Probes.Interventions;

/// <summary>
/// The mean value of neurons over the tokens of a reference text: what mean ablation puts in their place. Only sums are held, so the
/// text may be of any length, and sums over parts of a text merge.
/// </summary>
public sealed class NeuronMeans
{
    private readonly NeuronSet _neurons;
    private readonly SortedDictionary<Neuron, double> _sums = [];

    /// <param name="neurons">Whose mean is wanted.</param>
    public NeuronMeans(NeuronSet neurons)
    {
        _neurons = neurons;
        foreach (Neuron neuron in neurons)
        {
            _sums[neuron] = 0;
        }
    }

    /// <summary>How many tokens were seen; padding is none.</summary>
    public long Tokens { get; private set; }

    /// <summary>The mean of a neuron's value where it can be edited (<see cref="Ablation.Site"/>); NaN before any token.</summary>
    /// <exception cref="KeyNotFoundException">The mean of this neuron was not asked for.</exception>
    public float this[Neuron neuron] => (float)(_sums[neuron] / Tokens);

    /// <summary>Runs documents (token ids) and adds their tokens.</summary>
    public NeuronMeans Add(LanguageModel model, IReadOnlyList<int[]> documents)
    {
        (string Site, Neuron[] Neurons)[] sites = [.. _neurons
            .GroupBy(neuron => Ablation.Site(neuron.Layer, neuron.Matrix), (site, own) => (site, own.ToArray()))];
        SitePlan plan = SitePlan.None.Record(sites.Select(site => site.Site));
        PromptBatch.Each(model, documents, batch =>
        {
            using var scope = new TensorScope();
            ForwardPass pass = model.Decoder.Forward(model.Ops, batch.Tokens, plan, logits: LogitsAt.None);
            int[] positions = batch.RealPositions();
            float[][] recorded = [.. sites.Select(site => pass[site.Site].ToArray())]; // [B·T, W] each
            foreach (((string site, Neuron[] neurons), float[] values) in sites.Zip(recorded))
            {
                int width = pass[site].Size(-1);
                foreach (Neuron neuron in neurons)
                {
                    ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(neuron.Index, width);
                    _sums[neuron] += positions.Sum(position => (double)values[(position * width) + neuron.Index]);
                }
            }

            Tokens += positions.Length;
        });

        return this;
    }

    /// <summary>Takes in what <paramref name="other"/> has seen, as if it had been added here; equal up to rounding.</summary>
    /// <exception cref="ArgumentException">The other holds the means of other neurons.</exception>
    public void Merge(NeuronMeans other)
    {
        if (!_neurons.Equals(other._neurons))
        {
            throw new ArgumentException("Means of different neurons do not merge.", nameof(other));
        }

        foreach (Neuron neuron in _neurons)
        {
            _sums[neuron] += other._sums[neuron];
        }

        Tokens += other.Tokens;
    }
}
