using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Probes.Neurons;
using MWork.Probes.Randomness;
using MWork.Probes.Statistics;
using MWork.Probes.Subjects;
using MWork.Probes.Text;

namespace MWork.Hypotheses;

/// <summary>
/// C2's and T1's statistic: language-specific neurons per layer, task-solving against the outer zones, as log((a + ½)/(b + ½)).
/// Intersections do not bootstrap, so the interval comes from draws of documents without replacement.
/// </summary>
internal static class LayerCounts
{
    /// <param name="attention">Whether attention neurons are counted, or feed-forward ones.</param>
    public static Measurement Measure(Subject subject, Claim claim, NeuronSelection selection, int draws, bool attention)
    {
        Language[] others = [.. subject.NonPivot];
        PlndCounts counts = (attention ? LanguageNeurons.All(subject, selection) : LanguageNeurons.Ffn(subject, selection)).Counts;
        Criterion criterion = claim.Criteria[0];
        var random = new CounterRandom(selection.Seed, "layer counts");
        int[][][] drawn = [.. Enumerable.Range(0, draws).Select(draw => PerLayer(subject, counts.Draw(selection.Documents, random.Fork(draw)), attention))]; // [draw][language][layer]
        if (drawn.All(draw => draw.All(language => language.Sum() == 0)))
        {
            return Measurement.Invalid(claim, "no language-specific neurons were found", draws);
        }

        double[][] ratios = [.. others.Select((_, l) => drawn.Select(draw => LogRatio(subject, draw[l])).ToArray())]; // [language][draw]
        return new Measurement
        {
            Findings =
            [
                Finding.Of(criterion, Interval(PerFact.Average(ratios), criterion.Region!.IntervalLevel()), rows:
                    [.. others.Select((language, l) => LanguageRow.Of(
                        language.Code, Interval(ratios[l], criterion.Region.IntervalLevel(others.Length)), criterion.Region, double.NaN))]),
            ],
            Curves = [.. others.Select((language, l) => new Curve(
                $"{claim.Id} neurons of {language.Code}", "neurons per layer", 0.95,
                [.. Enumerable.Range(0, subject.Layers).Select(layer => Point(layer, [.. drawn.Select(draw => (double)draw[l][layer])]))]))],
            Seeds = new(StringComparer.Ordinal) { ["documents"] = selection.Seed },
        };

        Estimate Interval(double[] values, double level) => Subsampling.Of(values, selection.Documents, selection.Pool, level);

        CurvePoint Point(int layer, double[] values)
        {
            Estimate estimate = Interval(values, 0.95);
            return new CurvePoint(layer, estimate.Value, estimate.Interval.Low, estimate.Interval.High);
        }
    }

    /// <summary>Specific neurons by language beside the pivot and layer.</summary>
    /// <param name="attention">Whether attention neurons are counted, or feed-forward ones.</param>
    public static int[][] PerLayer(Subject subject, ConsistentNeurons consistent, bool attention) => [.. subject.NonPivot.Select(language =>
    {
        int[] perLayer = new int[subject.Layers];
        foreach (Neuron neuron in consistent.Specific(language.Code, subject.Pivot.Code).Where(neuron => (neuron.Matrix == NeuronMatrix.Ffn) != attention))
        {
            perLayer[neuron.Layer]++;
        }

        return perLayer;
    })];

    /// <summary>The statistic of one language's counts by layer.</summary>
    public static double LogRatio(Subject subject, int[] layers)
    {
        (int from, int to) = (subject.Zones.SolvingFrom, subject.Zones.SolvingTo(subject.Layers));
        double a = layers[from..to].Average();
        double b = layers[..from].Concat(layers[to..]).Average();
        return Math.Log((a + 0.5) / (b + 0.5));
    }
}
