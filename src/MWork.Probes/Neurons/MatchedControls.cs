using MWork.Probes.Randomness;

namespace MWork.Probes.Neurons;

/// <summary>
/// Random controls for a set of neurons: as many per layer, matrix and decile of importance as the real set has, drawn without
/// replacement from neurons that its rule could have chosen and did not. Deciles are of the rank within layer and matrix, over the
/// eligible and the real neurons together; equal importances share a decile.
/// </summary>
public sealed class MatchedControls
{
    public const int Deciles = 10;

    private readonly Stratum[] _strata;

    /// <param name="real">The set to be matched.</param>
    /// <param name="eligible">What the set's rule could have chosen: if it leaves the pivot's neurons out, so must this. Real neurons in it
    /// are passed over.</param>
    /// <param name="importance">Importance on the same text that selected the real set; only its order within layer and matrix counts.</param>
    /// <exception cref="ArgumentException">An importance is NaN.</exception>
    public MatchedControls(NeuronSet real, NeuronSet eligible, Func<Neuron, double> importance)
    {
        Real = real;
        _strata = [.. eligible.Union(real)
            .GroupBy(neuron => (neuron.Layer, neuron.Matrix))
            .Where(matrix => matrix.Any(real.Contains))
            .SelectMany(matrix => Split([.. matrix], importance))
            .Select(decile => new Stratum(decile.Count(real.Contains), [.. decile.Where(neuron => !real.Contains(neuron))]))
            .Where(stratum => stratum.Needed > 0)];
    }

    public NeuronSet Real { get; }

    /// <summary>How many real neurons have no possible match of their own; above 0 there is no control set.</summary>
    public int Unmatched => _strata.Sum(stratum => Math.Max(0, stratum.Needed - stratum.Pool.Length));

    /// <summary>How many different control sets there are; infinite where a double cannot hold the number, 0 where one real neuron has
    /// no match.</summary>
    public double PossibleSets => Unmatched > 0
        ? 0
        : _strata.Aggregate(1.0, (product, stratum) => product * Choose(stratum.Pool.Length, stratum.Needed));

    /// <summary>Why <paramref name="draws"/> controls cannot be had, in a sentence for an Invalid verdict; null when they can.</summary>
    public string? Lacks(int draws) =>
        Unmatched > 0 ? $"{Unmatched} of {Real.Count} neurons have no control of the same layer, matrix and importance"
        : PossibleSets < draws ? $"only {PossibleSets:0} different control sets for {draws} draws"
        : null;

    /// <summary>Control sets, each drawn from a stream of its own: a longer list begins with the shorter one.</summary>
    /// <exception cref="InvalidOperationException"><see cref="Unmatched"/> is not 0.</exception>
    public NeuronSet[] Draw(int draws, CounterRandom random) =>
        [.. Enumerable.Range(0, draws).Select(draw => Draw(random.Fork("matched controls").Fork(draw)))];

    /// <summary>
    /// The second family of controls: another language's specific set, cut to the size of the real one by importance on the text that
    /// selected it (ties to the lower neuron). Null where it is smaller than the real set.
    /// </summary>
    public static NeuronSet? OtherLanguage(NeuronSet real, NeuronSet other, Func<Neuron, double> importance) =>
        other.Count < real.Count ? null : new NeuronSet(other.OrderByDescending(importance).Take(real.Count));

    private NeuronSet Draw(CounterRandom random) => Unmatched == 0
        ? new NeuronSet(_strata.SelectMany(stratum => random.Sample(stratum.Pool.Length, stratum.Needed).Select(i => stratum.Pool[i])))
        : throw new InvalidOperationException($"No control set can be drawn: {Lacks(1)}.");

    /// <summary>The deciles of importance of one layer and matrix.</summary>
    internal static IEnumerable<Neuron[]> Split(Neuron[] matrix, Func<Neuron, double> importance)
    {
        double[] importances = [.. matrix.Select(importance)];
        if (importances.Any(double.IsNaN))
        {
            throw new ArgumentException($"The importance of {matrix[Array.FindIndex(importances, double.IsNaN)]} is NaN.", nameof(importance));
        }

        double[] ascending = [.. importances.Order()];
        return matrix.Zip(importances)
            .GroupBy(pair => Deciles * Below(ascending, pair.Second) / matrix.Length, pair => pair.First)
            .OrderBy(decile => decile.Key)
            .Select(decile => decile.ToArray());
    }

    private static int Below(double[] ascending, double value)
    {
        (int low, int high) = (0, ascending.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = ascending[middle] < value ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static double Choose(int n, int k) =>
        Enumerable.Range(1, k).Aggregate(1.0, (product, i) => product * (n - k + i) / i);

    private sealed record Stratum(int Needed, Neuron[] Pool);
}
