using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Probes.Neurons;
using MWork.Probes.Randomness;
using MWork.Probes.Statistics;
using MWork.Probes.Subjects;

namespace MWork.Hypotheses;

/// <summary>
/// How C2's and T1's interval comes out on other documents. An intersection over documents drawn with replacement is one over fewer documents, so that the pool
/// of a run cannot be drawn anew from itself: it is drawn from ten times as many documents, which are taken for all that there are.
/// </summary>
internal static class NewDocuments
{
    private const int Pools = 10;

    // Leaves the value an error of about a sixtieth of what one draw of documents scatters by.
    private const int DrawsOfAll = 4_000;

    public static Measurement Measure(Subject subject, Claim claim, NeuronSelection selection, int draws, bool attention)
    {
        if (subject.Planted.Count > 0)
        {
            return Measurement.Invalid(claim, "every draw finds exactly the planted neurons", selection.Pool);
        }

        NeuronSelection many = selection with { Pool = Pools * selection.Pool };
        PlndCounts counts = (attention ? LanguageNeurons.All(subject, many) : LanguageNeurons.Ffn(subject, many)).Counts;
        Dictionary<string, IReadOnlyList<DocumentNeurons>> all = counts.Languages.ToDictionary(language => language, counts.Documents, StringComparer.Ordinal);
        Criterion criterion = claim.Criteria[0];
        double level = criterion.Region!.IntervalLevel();
        var random = new CounterRandom(selection.Seed, $"{claim.Id} new documents");
        double truth = Ratios(all, DrawsOfAll, random.Fork("value")).Average();
        var redraw = Redraw.Of(chance => Subsampling.Of(
            Ratios(Some(all, selection.Pool, chance.Fork("pool")), draws, chance.Fork("draws")), selection.Documents, selection.Pool, level).Interval);
        return new Measurement
        {
            Findings = [Finding.Of(criterion, new Estimate(truth, redraw.Again(random.Fork("interval")), selection.Pool)) with { Redraw = redraw }],
        };

        double[] Ratios(Dictionary<string, IReadOnlyList<DocumentNeurons>> pool, int times, CounterRandom chance) =>
        [
            .. Enumerable.Range(0, times).Select(draw => LayerCounts
                .PerLayer(subject, new ConsistentNeurons(counts, Some(pool, selection.Documents, chance.Fork(draw))), attention)
                .Average(layers => LayerCounts.LogRatio(subject, layers))),
        ];
    }

    // Of each language, without replacement.
    private static Dictionary<string, IReadOnlyList<DocumentNeurons>> Some(Dictionary<string, IReadOnlyList<DocumentNeurons>> pool, int documents, CounterRandom random) =>
        pool.ToDictionary(
            language => language.Key,
            IReadOnlyList<DocumentNeurons> (language) => [.. random.Fork(language.Key).Sample(language.Value.Count, documents).Select(i => language.Value[i])],
            StringComparer.Ordinal);
}
