namespace MWork.Probes.Neurons;

/// <summary>
/// N_ℓ for every language: the neurons that are important in each of m documents, m the same for all, and the sets that follow
/// from them. Give it documents under other labels and it is a permutation of labels.
/// </summary>
public sealed class ConsistentNeurons
{
    private readonly PlndCounts _counts;
    private readonly SortedDictionary<string, NeuronBits> _consistent = new(StringComparer.Ordinal);

    /// <param name="counts">Where the documents were measured.</param>
    /// <param name="documents">By language, or by whatever label is to be tested.</param>
    /// <exception cref="ArgumentException">There is no language, a language has no document, or languages have different numbers
    /// of documents.</exception>
    public ConsistentNeurons(PlndCounts counts, IReadOnlyDictionary<string, IReadOnlyList<DocumentNeurons>> documents)
    {
        _counts = counts;
        int[] numbers = [.. documents.Values.Select(own => own.Count).Distinct()];
        if (numbers is not [> 0])
        {
            IEnumerable<string> found = documents.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => $"{pair.Key} {pair.Value.Count}");
            throw new ArgumentException(
                "Sets that are important in every document need as many documents of each language, "
                + $"and there are {string.Join(", ", found)}; draw the same number.",
                nameof(documents));
        }

        Documents = numbers[0];
        foreach ((string language, IReadOnlyList<DocumentNeurons> own) in documents)
        {
            _consistent[language] = NeuronBits.All(own.Select(document => document.Important));
        }
    }

    /// <summary>m.</summary>
    public int Documents { get; }

    /// <summary>In ordinal order.</summary>
    public IReadOnlyList<string> Languages => [.. _consistent.Keys];

    private ReleasedOddities Oddities => _counts.Options.Oddities;

    /// <summary>N_ℓ.</summary>
    /// <exception cref="ArgumentException">There is no such language.</exception>
    public NeuronSet this[string language] => ToSet(Bits(language));

    /// <summary>
    /// What is specific to a language: N_ℓ \ N_pivot, for the pivot N_pivot \ ∪ others; as released, N_ℓ less what is consistent
    /// in all languages, for the pivot too.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such language.</exception>
    public NeuronSet Specific(string language, string pivot) => ToSet(SpecificBits(language, pivot));

    /// <summary>N_ℓ \ ∪ others.</summary>
    /// <exception cref="ArgumentException">There is no such language.</exception>
    public NeuronSet Exclusive(string language) => ToSet(Beyond(language));

    /// <summary>
    /// Of <see cref="Specific(string, string)"/> at most so many per layer and matrix: the most important on the text that
    /// selected them, ties to the lower index; as released, the first in Python's set order.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such language.</exception>
    public NeuronSet Specific(string language, string pivot, TopCount atMost)
    {
        NeuronLayout layout = _counts.Layout;
        double[] means = Oddities.SubsetBySetOrder ? [] : _counts.MeanImportances(language);
        IEnumerable<int> kept = SpecificBits(language, pivot).Places()
            .GroupBy(place => (layout[place].Layer, layout[place].Matrix))
            .SelectMany(block =>
                InOrder(block, layout.Offset(block.Key.Layer, block.Key.Matrix)).Take(atMost.Of(block.Key.Matrix)));
        return ToSet(kept);

        IEnumerable<int> InOrder(IEnumerable<int> places, int offset) => Oddities.SubsetBySetOrder
            ? SetOrder.Of(places.Select(place => place - offset)).Select(index => index + offset)
            : places.OrderByDescending(place => means[place]);
    }

    private NeuronBits SpecificBits(string language, string pivot)
    {
        NeuronBits pivots = Bits(pivot);
        return Oddities.SpecificAgainstAllLanguages ? Bits(language).Except(NeuronBits.All(_consistent.Values))
            : language == pivot ? Beyond(language)
            : Bits(language).Except(pivots);
    }

    private NeuronBits Beyond(string language)
    {
        NeuronBits own = Bits(language);
        NeuronBits[] others = [.. _consistent.Where(pair => pair.Key != language).Select(pair => pair.Value)];
        return others.Length == 0 ? own : own.Except(NeuronBits.Any(others));
    }

    private NeuronBits Bits(string language) => _consistent.TryGetValue(language, out NeuronBits? bits)
        ? bits
        : throw new ArgumentException(
            $"There is no language '{language}' here; there are {string.Join(", ", _consistent.Keys)}.", nameof(language));

    private NeuronSet ToSet(NeuronBits bits) => ToSet(bits.Places());

    private NeuronSet ToSet(IEnumerable<int> places) =>
        new(places.Select(place => _counts.Shape.RowOf(_counts.Layout[place], _counts.Options)));
}
