using MWork.Probes.Tensors;
using MWork.Probes.Text;

namespace MWork.Probes.Neurons;

/// <summary>How often each FFN neuron is active in each language. Counts are integers, so shards merge to the same in any
/// order.</summary>
public sealed partial class LapeCounts : IDetectorCounts
{
    private readonly SortedDictionary<string, Language> _languages = new(StringComparer.Ordinal);

    internal LapeCounts(string model, NeuronLayout layout)
    {
        Model = model;
        Layout = layout;
    }

    /// <summary>Hash of the model's weights.</summary>
    public string Model { get; }

    /// <summary>The FFN neurons, in the order of all arrays here.</summary>
    public NeuronLayout Layout { get; }

    public IReadOnlyList<string> Languages => [.. _languages.Keys];

    /// <summary>Documents of all languages.</summary>
    public int DocumentCount => _languages.Values.Sum(own => own.Documents.Count);

    /// <summary>One hash for all the text, whatever order it came in.</summary>
    public string TextHash =>
        ContentHash.Combine(_languages.SelectMany(pair => pair.Value.Documents.Select(hash => $"{pair.Key}:{hash}")));

    /// <summary>The counts of several runs over different documents.</summary>
    /// <exception cref="ArgumentException">There is none, they are of different models, or two hold the same
    /// document.</exception>
    public static LapeCounts Merge(IEnumerable<LapeCounts> parts)
    {
        LapeCounts[] all = [.. parts];
        if (all.Length == 0 || all.Any(part => part.Model != all[0].Model || !part.Layout.Equals(all[0].Layout)))
        {
            throw new ArgumentException("Counts merge when there are some and all are of one model.", nameof(parts));
        }

        var sum = new LapeCounts(all[0].Model, all[0].Layout);
        foreach ((string code, Language part) in all.SelectMany(counts => counts._languages))
        {
            Language own = sum.Of(code);
            own.Tokens += part.Tokens;
            for (int i = 0; i < own.Active.Length; i++)
            {
                own.Active[i] += part.Active[i];
            }

            foreach (string hash in part.Documents)
            {
                own.AddDocument(code, hash);
            }
        }

        return sum;
    }

    /// <summary>p[ℓ] of every neuron: the share of the language's tokens on which it is active.</summary>
    /// <exception cref="ArgumentException">The language has no documents.</exception>
    public double[] Probabilities(string language)
    {
        Language own = _languages.TryGetValue(language, out Language? known)
            ? known
            : throw new ArgumentException(
                $"There are no documents in '{language}'; there are some in {string.Join(", ", _languages.Keys)}.",
                nameof(language));
        return [.. own.Active.Select(active => (double)active / own.Tokens)];
    }

    /// <summary>
    /// Every language's neurons. Of the neurons whose largest p exceeds the quantile of all p, those with the lowest entropy of p
    /// over languages are kept, ties to the first; a neuron belongs to every language whose p exceeds the quantile. A language
    /// may have none.
    /// </summary>
    public IReadOnlyDictionary<string, NeuronSet> Select(LapeOptions? options = null)
    {
        options ??= new LapeOptions();
        string[] codes = [.. _languages.Keys];
        double[][] p = [.. codes.Select(Probabilities)];
        double bar = Bar([.. p.SelectMany(values => values)], options.Quantile);
        int kept = (int)Math.Round(options.KeptShare * Layout.Count);
        int[] selected =
        [
            .. Enumerable.Range(0, Layout.Count)
                .Where(place => p.Any(values => values[place] > bar))
                .OrderBy(place => Entropy([.. p.Select(values => values[place])]))
                .Take(kept),
        ];
        return new SortedDictionary<string, NeuronSet>(
            codes.Select((code, i) => (code, i)).ToDictionary(
                pair => pair.code,
                pair => new NeuronSet(selected.Where(place => p[pair.i][place] > bar).Select(place => Layout[place]))),
            StringComparer.Ordinal);
    }

    /// <summary>Whether a document is counted already.</summary>
    internal bool Holds(string language, string hash) =>
        _languages.TryGetValue(language, out Language? own) && own.Documents.Contains(hash);

    /// <param name="active">On how many of the document's tokens each neuron is active, by place.</param>
    internal void AddDocument(string language, string hash, int tokens, long[] active)
    {
        Language own = Of(language);
        own.AddDocument(language, hash);
        own.Tokens += tokens;
        for (int i = 0; i < active.Length; i++)
        {
            own.Active[i] += active[i];
        }
    }

    // The order statistic that the released code takes (kthvalue), without interpolation.
    private static double Bar(double[] values, double quantile)
    {
        Array.Sort(values);
        return values.Length == 0
            ? double.NaN
            : values[Math.Clamp((int)Math.Round(values.Length * quantile), 1, values.Length) - 1];
    }

    private static double Entropy(double[] p)
    {
        double sum = p.Sum();
        return -p.Where(value => value > 0).Sum(value => value / sum * Transcendentals.Log(value / sum));
    }

    private Language Of(string code)
    {
        if (!_languages.TryGetValue(code, out Language? own))
        {
            own = _languages[code] = new Language(Layout.Count);
        }

        return own;
    }

    private sealed class Language(int neurons)
    {
        public long Tokens { get; set; }

        public long[] Active { get; } = new long[neurons];

        public SortedSet<string> Documents { get; } = new(StringComparer.Ordinal);

        public void AddDocument(string code, string hash)
        {
            if (!Documents.Add(hash))
            {
                throw new ArgumentException($"The document {hash} of {code} comes twice; count each of them once.");
            }
        }
    }
}

/// <summary>LAPE's two thresholds, as Tang et al. 2024 set them.</summary>
/// <param name="Quantile">Of all activation probabilities; above it a neuron counts as active in a language.</param>
/// <param name="KeptShare">Of all neurons, how many are kept.</param>
public sealed record LapeOptions(double Quantile = 0.95, double KeptShare = 0.01);
