using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Tensors;
using MWork.Probes.Text;

namespace MWork.Probes.Neurons;

/// <summary>
/// The mean activation of every FFN neuron over each text's tokens. Four bytes per text and neuron: 1 000 texts of a 7B Llama
/// (352 256 neurons) take 1.4 GB.
/// </summary>
public sealed partial class TextActivations : IDetectorCounts
{
    private static readonly Comparer<(string Language, string Hash)> s_order = Comparer<(string Language, string Hash)>.Create(
        (a, b) => string.CompareOrdinal(a.Language, b.Language) is var order and not 0
            ? order
            : string.CompareOrdinal(a.Hash, b.Hash));

    private readonly SortedDictionary<(string Language, string Hash), float[]> _means = new(s_order);

    private TextActivations(string model, NeuronLayout layout)
    {
        Model = model;
        Layout = layout;
    }

    /// <summary>Hash of the model's weights.</summary>
    public string Model { get; }

    /// <summary>The FFN neurons, in the order of all arrays here.</summary>
    public NeuronLayout Layout { get; }

    public int Texts => _means.Count;

    int IDetectorCounts.DocumentCount => Texts;

    public IReadOnlyList<string> Languages => [.. _means.Keys.Select(key => key.Language).Distinct()];

    /// <summary>One hash for all the text, whatever order it came in.</summary>
    public string TextHash => ContentHash.Combine(_means.Keys.Select(key => $"{key.Language}:{key.Hash}"));

    /// <summary>One pass over the texts.</summary>
    /// <param name="progress">Told how many texts are done, those of <paramref name="resumed"/> among them.</param>
    /// <param name="resumed">Those of an earlier run; texts that it holds are not measured again.</param>
    /// <param name="afterBatch">Given the activations after every forward pass, to put down what is done.</param>
    /// <exception cref="ArgumentException">A text comes twice or cannot be encoded, or the earlier run was of another model.</exception>
    public static TextActivations Measure(
        LanguageModel model,
        IEnumerable<Document> documents,
        IProgress<int>? progress = null,
        int rows = Lape.DefaultRows,
        TextActivations? resumed = null,
        Action<TextActivations>? afterBatch = null,
        CancellationToken cancellation = default)
    {
        ModelConfig config = model.Decoder.Config;
        var activations = new TextActivations(model.Hash, NeuronLayout.Of(config, [NeuronMatrix.Ffn]));
        if (resumed is not null)
        {
            activations = Merge([activations, resumed]);
        }

        DocumentPass.Each(
            model, documents, rows, resumed is null ? null : (language, hash) => resumed._means.ContainsKey((language, hash)),
            ids => Means(model, ids, activations.Layout),
            (language, hash, _, means) => means.CopyTo(activations.Add(language, hash), 0),
            () =>
            {
                progress?.Report(activations.Texts);
                afterBatch?.Invoke(activations);
            },
            cancellation);

        return activations;
    }

    // [text][place]
    private static float[][] Means(LanguageModel model, int[][] texts, NeuronLayout layout)
    {
        float[][] means = [.. texts.Select(_ => new float[layout.Count])];
        using var scope = new TensorScope();
        var batch = new DocumentBatch(model, TokenBatch.Of(texts));
        SitePlan plan = SitePlan.None;
        for (int layer = 0; layer < model.Decoder.Config.Layers; layer++)
        {
            int offset = layout.Offset(layer, NeuronMatrix.Ffn);
            plan = plan.Observe(Sites.FfnActivation(layer), (_, value) => batch.Means(value, means, offset));
        }

        model.Decoder.Forward(model.Ops, batch.Tokens, plan, logits: LogitsAt.None);
        return means;
    }

    /// <summary>The texts of several runs over different texts.</summary>
    /// <exception cref="ArgumentException">There is none, they are of different models, or two hold the same text.</exception>
    public static TextActivations Merge(IEnumerable<TextActivations> parts)
    {
        TextActivations[] all = [.. parts];
        if (all.Length == 0 || all.Any(part => part.Model != all[0].Model || !part.Layout.Equals(all[0].Layout)))
        {
            throw new ArgumentException("Activations merge when there are some and all are of one model.", nameof(parts));
        }

        var sum = new TextActivations(all[0].Model, all[0].Layout);
        foreach (((string language, string hash), float[] means) in all.SelectMany(part => part._means))
        {
            means.CopyTo(sum.Add(language, hash), 0);
        }

        return sum;
    }

    /// <summary>The means of one neuron over all texts, and whether each text is of the language.</summary>
    internal (float Mean, bool Is)[] Of(int place, string language) =>
        [.. _means.Select(pair => (pair.Value[place], pair.Key.Language == language))];

    private float[] Add(string language, string hash)
    {
        float[] means = new float[Layout.Count];
        return _means.TryAdd((language, hash), means)
            ? means
            : throw new ArgumentException($"The text {hash} of {language} comes twice; measure each of them once.");
    }
}
