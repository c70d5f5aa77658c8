namespace MWork.Probes.Neurons;

/// <summary>One language's share of <see cref="PlndCounts"/>.</summary>
internal sealed class LanguageImportance(int neurons)
{
    // Importances are added in units of 2⁻⁶⁴: finer than float32 has them, and wide enough in 128 bits for any sum of them that
    // leaves a model usable. Integers add to the same sum in any order; floats do not.
    private const double Unit = 18446744073709551616.0;

    private readonly SortedDictionary<string, DocumentNeurons> _documents = new(StringComparer.Ordinal);
    private DocumentNeurons[]? _ordered;

    /// <summary>In the order of their hashes.</summary>
    public IReadOnlyList<DocumentNeurons> Documents => _ordered ??= [.. _documents.Values];

    public int Count => _documents.Count;

    /// <summary>Σ importance per √T over documents, by place, in units of 2⁻⁶⁴.</summary>
    public UInt128[] Sums { get; private init; } = new UInt128[neurons];

    /// <summary>Puts back what was saved.</summary>
    public static LanguageImportance Of(IEnumerable<DocumentNeurons> documents, UInt128[] sums, string language)
    {
        var importance = new LanguageImportance(sums.Length) { Sums = sums };
        foreach (DocumentNeurons document in documents)
        {
            importance.Add(document, language);
        }

        return importance;
    }

    public void Add(string language, DocumentNeurons document, float[] importances, double unit)
    {
        Add(document, language);
        for (int i = 0; i < Sums.Length; i++)
        {
            Sums[i] = checked(Sums[i] + (UInt128)(importances[i] / unit * Unit));
        }
    }

    public void Add(LanguageImportance other, string language)
    {
        foreach (DocumentNeurons document in other.Documents)
        {
            Add(document, language);
        }

        for (int i = 0; i < Sums.Length; i++)
        {
            Sums[i] = checked(Sums[i] + other.Sums[i]);
        }
    }

    public double[] Means() => [.. Sums.Select(sum => (double)sum / Unit / _documents.Count)];

    private void Add(DocumentNeurons document, string language)
    {
        _ordered = null;
        if (!_documents.TryAdd(document.Hash, document))
        {
            throw new ArgumentException(
                $"The document {document.Hash} of {language} comes twice; an intersection needs each of them once.");
        }
    }
}
