using MWork.Probes.Randomness;
using MWork.Probes.Text;

namespace MWork.Probes.Neurons;

/// <summary>
/// What PLND found, document by document: the accumulator of <see cref="Plnd.Measure"/>. Counts of shards merge to the same bits
/// in whatever order, because documents are kept by their hash and importances are added as fixed-point integers.
/// </summary>
public sealed partial class PlndCounts : IDetectorCounts
{
    private readonly SortedDictionary<string, LanguageImportance> _languages = new(StringComparer.Ordinal);

    internal PlndCounts(string model, NeuronShape shape, PlndOptions options)
    {
        Model = model;
        Shape = shape;
        Options = options;
        Layout = shape.Measured(options);
    }

    /// <summary>Hash of the model's weights.</summary>
    public string Model { get; }

    public NeuronShape Shape { get; }

    public PlndOptions Options { get; }

    /// <summary>Where each neuron stands in arrays and bit sets.</summary>
    public NeuronLayout Layout { get; }

    /// <summary>Codes of the languages that have documents, in ordinal order.</summary>
    public IReadOnlyList<string> Languages => [.. _languages.Keys];

    /// <summary>One hash for all the text, whatever order it came in.</summary>
    public string TextHash =>
        ContentHash.Combine(_languages.SelectMany(pair => pair.Value.Documents.Select(d => $"{pair.Key}:{d.Hash}")));

    /// <summary>The counts of all the documents of several runs over different documents.</summary>
    /// <exception cref="ArgumentException">There is none; they are of different models or options; or two hold the same
    /// document.</exception>
    public static PlndCounts Merge(IEnumerable<PlndCounts> parts)
    {
        PlndCounts[] all = [.. parts];
        if (all.Length == 0)
        {
            throw new ArgumentException("There are no counts to merge.", nameof(parts));
        }

        var sum = new PlndCounts(all[0].Model, all[0].Shape, all[0].Options);
        foreach (PlndCounts part in all)
        {
            if (part.Model != sum.Model || part.Shape != sum.Shape || part.Options.Description != sum.Options.Description)
            {
                throw new ArgumentException(
                    "Counts of different models or options do not merge; measure all shards in the same way.", nameof(parts));
            }

            foreach ((string language, LanguageImportance importance) in part._languages)
            {
                sum.Language(language).Add(importance, language);
            }
        }

        return sum;
    }

    /// <summary>What each document of a language found, in the order of their hashes; empty for a language without
    /// documents.</summary>
    public IReadOnlyList<DocumentNeurons> Documents(string language) =>
        _languages.TryGetValue(language, out LanguageImportance? own) ? own.Documents : [];

    /// <summary>In how many documents of the language each neuron is important, by place.</summary>
    /// <exception cref="ArgumentException">The language has no documents.</exception>
    public int[] ImportantDocuments(string language)
    {
        int[] counts = new int[Layout.Count];
        foreach (int place in Known(language).Documents.SelectMany(document => document.Important.Places()))
        {
            counts[place]++;
        }

        return counts;
    }

    /// <summary>Mean over the language's documents of each neuron's importance per √T (or of the released score), by
    /// place.</summary>
    /// <exception cref="ArgumentException">The language has no documents.</exception>
    public double[] MeanImportances(string language) => Known(language).Means();

    /// <summary>Documents of all languages.</summary>
    public int DocumentCount => _languages.Values.Sum(own => own.Count);

    /// <summary>N_ℓ of every language from all documents.</summary>
    /// <exception cref="ArgumentException">The languages have different numbers of documents: a longer intersection is
    /// smaller.</exception>
    public ConsistentNeurons Consistent() => new(this, _languages.ToDictionary(
        pair => pair.Key, IReadOnlyList<DocumentNeurons> (pair) => pair.Value.Documents));

    /// <summary>N_ℓ of every language from as many documents, drawn without replacement.</summary>
    /// <param name="documents">m.</param>
    /// <exception cref="ArgumentException">A language has fewer documents.</exception>
    public ConsistentNeurons Draw(int documents, CounterRandom random) => Draws(documents, 1, random)[0];

    /// <summary>Two draws that share no document: what a detector finds twice on text of the same kind.</summary>
    /// <param name="documents">m, of which a language must have twice as many.</param>
    /// <exception cref="ArgumentException">A language has fewer documents.</exception>
    public (ConsistentNeurons First, ConsistentNeurons Second) SplitHalf(int documents, CounterRandom random)
    {
        ConsistentNeurons[] halves = Draws(documents, 2, random);
        return (halves[0], halves[1]);
    }

    /// <summary>Adds one document's importances.</summary>
    internal void Add(string language, string hash, int tokens, float[] importances)
    {
        double unit = Options.Oddities.SumOverTokens ? 1 : Math.Sqrt(tokens);
        Language(language).Add(
            language, new DocumentNeurons(hash, tokens, ImportantNeurons.Of(Layout, importances, Options)), importances, unit);
    }

    private ConsistentNeurons[] Draws(int documents, int draws, CounterRandom random)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(documents);
        var picked = new Dictionary<string, DocumentNeurons[]>();
        foreach ((string language, LanguageImportance own) in _languages)
        {
            int needed = documents * draws;
            if (own.Documents.Count < needed)
            {
                throw new ArgumentException(
                    $"{needed} documents of {language} are wanted, and there are {own.Documents.Count}; measure more.",
                    nameof(documents));
            }

            int[] places = random.Fork(language).Sample(own.Documents.Count, needed);
            picked[language] = [.. places.Select(place => own.Documents[place])];
        }

        return [.. Enumerable.Range(0, draws).Select(draw => new ConsistentNeurons(this, picked.ToDictionary(
            pair => pair.Key,
            IReadOnlyList<DocumentNeurons> (pair) => pair.Value[(draw * documents)..((draw + 1) * documents)])))];
    }

    private LanguageImportance Language(string code)
    {
        if (!_languages.TryGetValue(code, out LanguageImportance? own))
        {
            own = _languages[code] = new LanguageImportance(Layout.Count);
        }

        return own;
    }

    private LanguageImportance Known(string language) => _languages.TryGetValue(language, out LanguageImportance? own)
        ? own
        : throw new ArgumentException(
            $"There are no documents in '{language}'; there are some in {string.Join(", ", _languages.Keys)}.", nameof(language));
}
