using MWork.Probes.Neurons;

namespace MWork.Regression.Neurons;

/// <summary>Counts whose importances a test makes up: one layer, FFN neurons only.</summary>
internal static class SyntheticCounts
{
    public static PlndCounts Of(int neurons, PlndOptions options, params (string Language, float[] Importances)[] documents)
    {
        var counts = new PlndCounts(
            "synthetic", new NeuronShape(1, neurons, 1, 1, 1), options with { Matrices = [NeuronMatrix.Ffn] });
        for (int i = 0; i < documents.Length; i++)
        {
            counts.Add(documents[i].Language, $"document {i:000}", tokens: 4, documents[i].Importances);
        }

        return counts;
    }

    /// <summary>Each document finds exactly these neurons important.</summary>
    public static PlndCounts Important(int neurons, params (string Language, int[] Important)[] documents) =>
        Important(neurons, new PlndOptions(), documents);

    public static PlndCounts Important(int neurons, PlndOptions options, params (string Language, int[] Important)[] documents) =>
        Of(neurons, options with { TopShare = 1 }, [.. documents.Select(document =>
            (document.Language, Enumerable.Range(0, neurons).Select(k => document.Important.Contains(k) ? 1f : 0).ToArray()))]);

    public static NeuronSet Ffn(params int[] indices) => new(indices.Select(index => new Neuron(0, NeuronMatrix.Ffn, index)));
}
