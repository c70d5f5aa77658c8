using MWork.Probes.Models;
using MWork.Probes.Text;

namespace MWork.Probes.Neurons;

/// <summary>
/// Parallel Language-specific Neuron Detection (Zhao et al. 2024, section 2.2): how much each neuron changes what its layer gives
/// on a document, for all neurons of all matrices in one pass over the text.
/// </summary>
/// <remarks>
/// Exact for FFN neurons, value rows and output columns: the importance is the norm of what switching the neuron off changes
/// behind the projection that reads it. For queries and keys it is the norm of the change of attention, by the definition that
/// <see cref="PlndOptions.QueryKey"/> names.
/// </remarks>
public static class Plnd
{
    /// <summary>Documents per forward pass.</summary>
    public const int DefaultRows = 16;

    /// <summary>
    /// Measures documents, each under its own language. Documents stream: memory does not grow with their number, but for a bit
    /// per neuron and document.
    /// </summary>
    /// <param name="progress">Told how many documents are done, those of <paramref name="resumed"/> among them.</param>
    /// <param name="resumed">Counts of an earlier run; documents that it holds are not measured again.</param>
    /// <param name="afterBatch">Given the counts after every forward pass, to put down what is done.</param>
    /// <exception cref="ArgumentException">A document comes twice or cannot be encoded, the options make no sense, or the earlier
    /// run was of another model or other options.</exception>
    public static PlndCounts Measure(
        LanguageModel model,
        IEnumerable<Document> documents,
        PlndOptions? options = null,
        IProgress<int>? progress = null,
        PlndCounts? resumed = null,
        int rows = DefaultRows,
        Action<PlndCounts>? afterBatch = null,
        CancellationToken cancellation = default)
    {
        options ??= new PlndOptions();
        options.Check();
        var pass = new ImportancePass(model, options);
        var counts = new PlndCounts(model.Hash, NeuronShape.Of(model.Decoder.Config), options);
        HashSet<(string, string)> done = [];
        if (resumed is not null)
        {
            counts = PlndCounts.Merge([counts, resumed]);
            done = [.. resumed.Languages.SelectMany(language => resumed.Documents(language).Select(d => (language, d.Hash)))];
        }

        DocumentPass.Each(
            model, documents, rows, (language, hash) => done.Contains((language, hash)), pass.Measure, counts.Add,
            () =>
            {
                progress?.Report(counts.DocumentCount);
                afterBatch?.Invoke(counts);
            },
            cancellation);

        return counts;
    }

    /// <summary>The importances of single documents, [document][place] with places as in <see cref="PlndCounts.Layout"/>. A
    /// document has the same bits in whatever company.</summary>
    /// <param name="documents">Token ids per document.</param>
    /// <exception cref="ArgumentException">There is no document, or an empty one, or the options make no sense.</exception>
    public static float[][] Importances(LanguageModel model, IReadOnlyList<int[]> documents, PlndOptions? options = null)
    {
        options ??= new PlndOptions();
        options.Check();
        return new ImportancePass(model, options).Measure(documents);
    }
}
