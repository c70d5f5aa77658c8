using System.Globalization;
using MWork.Probes.Models;
using MWork.Probes.Text;

namespace MWork.Probes.Neurons.Detection;

/// <summary>Average precision: the neurons whose mean activation tells a language's texts best from all others
/// (<see cref="AveragePrecision"/>).</summary>
internal sealed class AveragePrecisionDetector(double share) : Detector
{
    public const string Name = "ap";

    /// <summary>Of all FFN neurons, for each language. Kojima et al. name a number, 1000, and not a share; of XGLM-564M's 98 304 that is 1 %.</summary>
    public const double DefaultShare = 0.01;

    public override string Method => Name;

    public override string Options => share.ToString("R", CultureInfo.InvariantCulture);

    public static AveragePrecisionDetector Parse(string options) =>
        double.TryParse(options, NumberStyles.Float, CultureInfo.InvariantCulture, out double share) && share is > 0 and <= 1
            ? new AveragePrecisionDetector(share)
            : throw new ArgumentException($"'{options}' is not a share of neurons.");

    public override IDetectorCounts Measure(
        LanguageModel model, IEnumerable<Document> documents, IDetectorCounts? resumed, Action<IDetectorCounts> afterBatch,
        CancellationToken cancellation) =>
        TextActivations.Measure(model, documents, resumed: (TextActivations?)resumed, afterBatch: afterBatch, cancellation: cancellation);

    public override IDetectorCounts Load(string path) => TextActivations.Load(path);

    public override IDetectorCounts Merge(IEnumerable<IDetectorCounts> parts) => TextActivations.Merge(parts.Cast<TextActivations>());

    public override NeuronSetFile Select(IDetectorCounts counts, string pivot)
    {
        var activations = (TextActivations)counts;
        int highest = Math.Max(1, (int)Math.Round(share * activations.Layout.Count));
        return new NeuronSetFile(
            new NeuronOrigin(Method, Options, counts.Model, counts.TextHash),
            activations.Languages.ToDictionary(
                language => language, language => AveragePrecision.Select(activations, language, highest), StringComparer.Ordinal));
    }
}
