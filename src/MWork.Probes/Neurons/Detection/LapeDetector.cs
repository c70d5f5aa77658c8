using System.Text.Json;
using MWork.Probes.Models;
using MWork.Probes.Text;

namespace MWork.Probes.Neurons.Detection;

/// <summary>LAPE: neurons that are active in few languages (<see cref="Lape"/>).</summary>
internal sealed class LapeDetector(LapeOptions options) : Detector
{
    public const string Name = "lape";

    public override string Method => Name;

    public override string Options => JsonSerializer.Serialize(options);

    public static LapeDetector Parse(string options)
    {
        try
        {
            return new LapeDetector(JsonSerializer.Deserialize<LapeOptions>(options) ?? throw new ArgumentException("LAPE's options are null."));
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"'{options}' are not LAPE's options.", error);
        }
    }

    public override IDetectorCounts Measure(
        LanguageModel model, IEnumerable<Document> documents, IDetectorCounts? resumed, Action<IDetectorCounts> afterBatch,
        CancellationToken cancellation) =>
        Lape.Measure(model, documents, resumed: (LapeCounts?)resumed, afterBatch: afterBatch, cancellation: cancellation);

    public override IDetectorCounts Load(string path) => LapeCounts.Load(path);

    public override IDetectorCounts Merge(IEnumerable<IDetectorCounts> parts) => LapeCounts.Merge(parts.Cast<LapeCounts>());

    public override NeuronSetFile Select(IDetectorCounts counts, string pivot) => new(
        new NeuronOrigin(Method, Options, counts.Model, counts.TextHash), ((LapeCounts)counts).Select(options));
}
