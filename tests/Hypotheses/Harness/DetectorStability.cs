using MWork.Probes.Evidence;
using MWork.Probes.Neurons;
using MWork.Probes.Neurons.Detection;
using MWork.Probes.Randomness;
using MWork.Probes.Subjects;
using MWork.Probes.Text;

namespace MWork.Hypotheses.Harness;

/// <summary>
/// Whether a detector finds the same neurons on other text: the Jaccard index of its sets, all languages together, beside that of random sets as
/// large. It decides nothing; a claim about neurons that are others next time would be about nothing.
/// </summary>
internal static class DetectorStability
{
    private static readonly NeuronMatrix[] s_ffn = [NeuronMatrix.Ffn];

    /// <summary>Every detector's feed-forward neurons: from two halves of the pool that share no document, and from documents of two seeds.</summary>
    public static IReadOnlyList<NullBand> OfFfn(Subject subject, NeuronSelection selection)
    {
        Document[] first = Documents(selection.Seed, documents => documents.Take(selection.Documents));
        Document[] second = Documents(selection.Seed, documents => documents.TakeLast(selection.Documents));
        Document[] other = Documents(selection.Seed + 1, documents => documents.Take(selection.Documents));
        NeuronLayout layout = NeuronShape.Of(subject.Model.Decoder.Config).Rows(new PlndOptions { Matrices = s_ffn });
        var random = new CounterRandom(selection.Seed, "stability");
        return [.. Detector.Methods.SelectMany(method =>
        {
            var detector = Detector.Create(
                method,
                subject.Model.Decoder.Config,
                method == Detector.PlndDescribed ? selection.TopShare : null,
                method is Detector.PlndDescribed or Detector.PlndReleased ? s_ffn : null);
            IReadOnlyDictionary<string, NeuronSet> reference = Find(detector, first);
            return (NullBand[])[Band($"{method}, halves", reference, Find(detector, second)), Band($"{method}, seeds", reference, Find(detector, other))];
        })];

        Document[] Documents(ulong seed, Func<IEnumerable<Document>, IEnumerable<Document>> some) =>
            [.. subject.Languages.SelectMany(language => some(subject.Text.SelectionDocuments(language, selection.Pool, selection.Tokens, seed)))];

        IReadOnlyDictionary<string, NeuronSet> Find(Detector detector, Document[] documents) => detector.Select(
            detector.Measure(subject.Model, documents, resumed: null, afterBatch: _ => { }, CancellationToken.None), subject.Pivot.Code).Languages;

        NullBand Band(string name, IReadOnlyDictionary<string, NeuronSet> sets, IReadOnlyDictionary<string, NeuronSet> again)
        {
            var stability = Stability.Of([.. sets.Select(set => (set.Value, again[set.Key]))], layout, random.Fork(name));
            return NullBand.Of(name, NullBand.JaccardIndex, stability.Jaccard, stability.Null);
        }
    }
}
