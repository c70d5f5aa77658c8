using MWork.Probes.Randomness;
using MWork.Probes.Statistics;

namespace MWork.Probes.Neurons;

/// <summary>
/// Whether a detector finds the same neurons twice: the Jaccard index of two sets that should agree (halves of the text, seeds of
/// the training) against that of random sets of the same size in every layer and matrix.
/// </summary>
/// <param name="First">Neurons in the first set.</param>
/// <param name="Second">Neurons in the second set.</param>
/// <param name="Shared">Neurons in both.</param>
/// <param name="Jaccard">|A ∩ B| / |A ∪ B|; NaN if both are empty.</param>
/// <param name="Null">The same of random sets, ascending.</param>
/// <param name="PValue">How often random sets agree as well, the sets themselves counted among them; NaN if both are
/// empty.</param>
public sealed record Stability(int First, int Second, int Shared, double Jaccard, IReadOnlyList<double> Null, double PValue)
{
    /// <summary>Random sets per comparison: enough for a p-value of 0.001.</summary>
    public const int DefaultDraws = 999;

    private const double High = 0.975;

    /// <summary>Mean Jaccard of random sets.</summary>
    public double NullMean => Null.Average();

    /// <summary>Their 97.5 % quantile.</summary>
    public double NullHigh => Quantiles.Of([.. Null], High);

    /// <summary>Compares two sets.</summary>
    /// <param name="layout">Where the detector could have found neurons.</param>
    /// <exception cref="ArgumentException">A set holds a neuron that the layout has not.</exception>
    public static Stability Of(
        NeuronSet first, NeuronSet second, NeuronLayout layout, CounterRandom random, int draws = DefaultDraws) =>
        Of([(first, second)], layout, random, draws);

    /// <summary>Compares pairs of sets, such as one for every language, as one: neurons shared by the sets of a pair, over those in either, all pairs
    /// together.</summary>
    /// <param name="layout">Where the detector could have found neurons.</param>
    /// <exception cref="ArgumentException">A set holds a neuron that the layout has not.</exception>
    public static Stability Of(
        IReadOnlyList<(NeuronSet First, NeuronSet Second)> pairs, NeuronLayout layout, CounterRandom random, int draws = DefaultDraws)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(draws);
        (int Size, int First, int Second)[] blocks = [.. pairs.SelectMany(pair => Blocks(pair.First, pair.Second, layout))];
        (int first, int second) = (pairs.Sum(pair => pair.First.Count), pairs.Sum(pair => pair.Second.Count));
        int shared = pairs.Sum(pair => pair.First.Intersect(pair.Second).Count);
        double[] chance = new double[draws];
        int asHigh = 0;
        for (int draw = 0; draw < draws; draw++)
        {
            int hits = blocks.Sum(block => Hits(random, block.Size, block.First, block.Second));
            chance[draw] = Jaccard(hits);
            asHigh += hits >= shared ? 1 : 0;
        }

        Array.Sort(chance);
        return new Stability(
            first, second, shared, Jaccard(shared), chance, first + second == 0 ? double.NaN : (double)(asHigh + 1) / (draws + 1));

        double Jaccard(int both) => (double)both / (first + second - both);
    }

    /// <summary>PLND's specific sets from two halves of the text that share no document, for every language.</summary>
    /// <param name="documents">m, per half.</param>
    /// <exception cref="ArgumentException">A language has fewer than twice as many documents.</exception>
    public static IReadOnlyDictionary<string, Stability> SplitHalf(
        PlndCounts counts, string pivot, int documents, CounterRandom random, int draws = DefaultDraws)
    {
        (ConsistentNeurons first, ConsistentNeurons second) = counts.SplitHalf(documents, random.Fork("halves"));
        NeuronLayout rows = counts.Shape.Rows(counts.Options);
        return new SortedDictionary<string, Stability>(
            counts.Languages.ToDictionary(
                language => language,
                language => Of(
                    first.Specific(language, pivot), second.Specific(language, pivot), rows, random.Fork(language), draws)),
            StringComparer.Ordinal);
    }

    private static (int Size, int First, int Second)[] Blocks(NeuronSet first, NeuronSet second, NeuronLayout layout)
    {
        Dictionary<(int, NeuronMatrix), int> firsts = ByBlock(first);
        Dictionary<(int, NeuronMatrix), int> seconds = ByBlock(second);
        return [.. layout.Blocks.Select(
            block => (layout.Size(block.Matrix), firsts.GetValueOrDefault(block), seconds.GetValueOrDefault(block)))];

        Dictionary<(int, NeuronMatrix), int> ByBlock(NeuronSet set) => set.All(layout.Contains)
            ? set.CountBy(neuron => (neuron.Layer, neuron.Matrix)).ToDictionary()
            : throw new ArgumentException(
                $"A set holds {set.First(neuron => !layout.Contains(neuron))}, which is not among {layout}.", nameof(layout));
    }

    // How many of the marked ones a random draw without replacement takes.
    private static int Hits(CounterRandom random, int population, int marked, int drawn)
    {
        int hits = 0;
        for (int i = 0; i < drawn; i++)
        {
            hits += random.NextInt(population - i) < marked - hits ? 1 : 0;
        }

        return hits;
    }
}
