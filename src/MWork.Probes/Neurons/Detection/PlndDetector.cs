using System.Text.Json;
using MWork.Probes.Models;
using MWork.Probes.Text;

namespace MWork.Probes.Neurons.Detection;

/// <summary>PLND: what is important in every document of a language, and not so in the pivot's (<see cref="Plnd"/>).</summary>
internal sealed class PlndDetector(string method, PlndOptions options) : Detector
{
    public const string Described = "plnd";
    public const string Released = "plnd-released";

    public override string Method => method;

    public override string Options => options.Description;

    public static PlndOptions ParseOptions(string description)
    {
        try
        {
            return PlndOptions.Parse(description) ?? throw new ArgumentException("PLND's options are null.");
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"'{description}' are not PLND's options.", error);
        }
    }

    public override IDetectorCounts Measure(
        LanguageModel model, IEnumerable<Document> documents, IDetectorCounts? resumed, Action<IDetectorCounts> afterBatch,
        CancellationToken cancellation) =>
        Plnd.Measure(model, documents, options, resumed: (PlndCounts?)resumed, afterBatch: afterBatch, cancellation: cancellation);

    public override IDetectorCounts Load(string path) => PlndCounts.Load(path);

    public override IDetectorCounts Merge(IEnumerable<IDetectorCounts> parts) => PlndCounts.Merge(parts.Cast<PlndCounts>());

    public override NeuronSetFile Select(IDetectorCounts counts, string pivot)
    {
        ConsistentNeurons consistent = ((PlndCounts)counts).Consistent();
        return new NeuronSetFile(
            new NeuronOrigin(Method, $"{Options}, pivot {pivot}", counts.Model, counts.TextHash),
            consistent.Languages.ToDictionary(language => language, language => consistent.Specific(language, pivot), StringComparer.Ordinal));
    }
}
