using MWork.Probes.Randomness;

namespace MWork.Probes.Neurons;

/// <summary>
/// How far sets of neurons coincide with a labelled set beyond what layer, matrix and importance explain: the labels are exchangeable within layer ×
/// matrix × decile of importance. The plain hypergeometric null (<see cref="Statistics.Overlap.HypergeometricTail"/>) passes any two detectors that
/// both like large activations.
/// </summary>
public sealed class StratifiedOverlap
{
    private readonly NeuronSet _labelled;
    private readonly (Neuron[] Neurons, int Labelled)[] _strata;
    private readonly Dictionary<Neuron, double> _expected = [];

    /// <param name="population">All neurons that either set could hold.</param>
    /// <param name="labelled">The labelled ones; those outside the population do not count.</param>
    /// <param name="importance">Only its order within layer and matrix counts.</param>
    public StratifiedOverlap(NeuronSet population, NeuronSet labelled, Func<Neuron, double> importance)
    {
        _labelled = labelled.Intersect(population);
        _strata = [.. population.GroupBy(neuron => (neuron.Layer, neuron.Matrix))
            .SelectMany(matrix => MatchedControls.Split([.. matrix], importance))
            .Select(stratum => (stratum, stratum.Count(_labelled.Contains)))];
        foreach ((Neuron[] stratum, int labels) in _strata)
        {
            double share = labels / (double)stratum.Length;
            Array.ForEach(stratum, neuron => _expected[neuron] = share);
        }
    }

    /// <summary>The share of a set's neurons that are labelled; NaN for an empty set.</summary>
    public double Observed(NeuronSet set) => set.Count(_labelled.Contains) / (double)set.Count;

    /// <summary>What <see cref="Observed"/> is on average over permutations, exactly; NaN for an empty set.</summary>
    /// <exception cref="KeyNotFoundException">The set holds a neuron outside the population.</exception>
    public double Expected(NeuronSet set) => set.Sum(neuron => _expected[neuron]) / set.Count;

    /// <summary>The mean of <see cref="Observed"/> over several sets in draws of the labels.</summary>
    /// <param name="sets">None of them empty.</param>
    public double[] Permuted(IReadOnlyList<NeuronSet> sets, int draws, CounterRandom random) => [.. Enumerable.Range(0, draws).Select(draw =>
    {
        CounterRandom chance = random.Fork("labels").Fork(draw);
        HashSet<Neuron> labels = [.. _strata.SelectMany(stratum =>
            chance.Sample(stratum.Neurons.Length, stratum.Labelled).Select(i => stratum.Neurons[i]))];
        return sets.Average(set => set.Count(labels.Contains) / (double)set.Count);
    })];
}
