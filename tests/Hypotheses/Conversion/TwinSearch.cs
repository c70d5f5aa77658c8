using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Probes.Lenses;
using MWork.Probes.Models;
using MWork.Probes.Randomness;
using MWork.Probes.Statistics;
using MWork.Probes.Subjects;
using MWork.Probes.Subjects.SmallWorld;
using MWork.Probes.Text;

namespace MWork.Hypotheses;

/// <summary>
/// C3's statistic: how often the middle state of a query is nearest to that of the same query in the pivot, among queries of the same
/// relation with another entity and another answer.
/// </summary>
internal static class TwinSearch
{
    private const ulong UntrainedSeed = 1;

    public static Measurement Measure(Subject subject, Claim claim, ConversionProtocol protocol)
    {
        Language[] others = [.. subject.NonPivot];
        Fact[] facts = [.. subject.World.Facts.Where(fact => fact.Split == Use.Test && fact.IsShared)];
        int[][] candidates = [.. facts.Select((fact, i) => Candidates(facts, i))];
        IReadOnlyList<int> solving = subject.Zones.Solving(subject.Layers);
        using LanguageModel untrained = subject.Untrained(UntrainedSeed);
        Rates middle = Search(subject, subject.Model, facts, candidates, (model, prompts) => States.AtLastPosition(model, prompts, solving));
        Rates first = Search(subject, subject.Model, facts, candidates, (model, prompts) => States.MeanPooled(model, prompts, [0]));
        Rates random = Search(subject, untrained, facts, candidates, (model, prompts) => States.AtLastPosition(model, prompts, solving));

        // What a permutation within the relation gives in expectation: any candidate is as likely as the query's own twin.
        double[] chance = [.. candidates.Select(group => 1.0 / group.Length)];
        string[] relations = [.. facts.Select(fact => fact.Relation.Id)];
        var bootstrap = new Bootstrap(new CounterRandom(protocol.Seed, "C3 bootstrap"));
        var permutation = new Permutation(new CounterRandom(protocol.Seed, "C3 permutation"), draws: 1_999);
        double[][][] contrasts =
        [
            [.. middle.Hits.Select(hits => hits.Select((hit, i) => hit - chance[i]).ToArray())],
            [.. middle.Hits.Zip(first.Hits, Difference)],
            [.. middle.Hits.Zip(random.Hits, Difference)],
        ];
        Finding[] findings = [.. claim.Criteria.Select((criterion, c) =>
        {
            double[][] perLanguage = contrasts[c]; // [language][fact]
            double[] perFact = [.. Enumerable.Range(0, facts.Length).Select(i => perLanguage.Average(language => language[i]))];
            double p = c == 0 ? permutation.Assignment(relations, middle.RateWhenPermuted).P : StudentT.P(perFact);
            return Finding.Of(
                criterion,
                bootstrap.Mean(perFact, criterion.Region!.IntervalLevel()),
                p,
                [.. others.Select((language, l) => LanguageRow.Of(
                    language.Code, bootstrap.Mean(perLanguage[l], criterion.Region.IntervalLevel(others.Length)), criterion.Region, StudentT.P(perLanguage[l])))]);
        })];
        return new Measurement
        {
            Findings = findings,
            Samples = [.. facts.SelectMany((fact, i) => others.Select((language, l) => SampleRow.Of(
                $"{fact.Id} in {language.Code}", subject.World.Prompt(fact, language, Use.Test).Text, fact.Id,
                [new("middle", middle.Hits[l][i]), new("first", first.Hits[l][i]), new("untrained", random.Hits[l][i]), new("chance", chance[i])])))],
            Seeds = new(StringComparer.Ordinal) { ["bootstrap"] = protocol.Seed, ["permutation"] = protocol.Seed, ["untrained"] = UntrainedSeed },
        };
    }

    // The same relation, hence the same type of answer, and no content word in common: neither entity nor answer.
    private static int[] Candidates(Fact[] facts, int query) => [.. Enumerable.Range(0, facts.Length).Where(other =>
        other == query
        || (facts[other].Relation == facts[query].Relation && facts[other].Entity != facts[query].Entity && facts[other].Answer != facts[query].Answer))];

    private static Rates Search(
        Subject subject, LanguageModel model, Fact[] facts, int[][] candidates, Func<LanguageModel, IReadOnlyList<int[]>, float[][][]> states)
    {
        float[][][] twins = Of(subject.Pivot); // [layer][fact][D]
        double[][][][] similarities = [.. subject.NonPivot.Select(language =>
            Of(language).Zip(twins, TwinRetrieval.Similarities).ToArray())]; // [language][layer][query][twin]
        return new Rates(similarities, candidates);

        float[][][] Of(Language language) => states(model, [.. facts.Select(fact => subject.Encode(subject.World.Prompt(fact, language, Use.Test)))]);
    }

    private static double[] Difference(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x - y)];

    /// <summary>Hits [language][fact], averaged over layers.</summary>
    private sealed class Rates
    {
        private readonly double[][][][] _similarities;
        private readonly int[][] _candidates;

        public Rates(double[][][][] similarities, int[][] candidates)
        {
            _similarities = similarities;
            _candidates = candidates;
            Hits = Measure([.. Enumerable.Range(0, candidates.Length)]);
        }

        public double[][] Hits { get; }

        /// <summary>The overall rate when query i is said to belong to the twin of query assigned[i].</summary>
        public double RateWhenPermuted(ReadOnlySpan<int> assigned) => Measure(assigned.ToArray()).Average(language => language.Average());

        private double[][] Measure(int[] twinOf)
        {
            // A permuted twin must stand among the candidates as the true one does.
            int[][] pools = [.. _candidates.Select((pool, i) => pool.Contains(twinOf[i]) ? pool : [.. pool.Where(other => other != i), twinOf[i]])];
            return [.. _similarities.Select(layers =>
            {
                double[][] hits = [.. layers.Select(layer => TwinRetrieval.Hits(layer, pools, twinOf))];
                return Enumerable.Range(0, twinOf.Length).Select(i => hits.Average(layer => layer[i])).ToArray();
            })];
        }
    }
}
