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
    /// <param name="twinOf">Which fact is asked in the pivot beside each query; the same one where null. A control gives another.</param>
    public static Measurement Measure(Subject subject, Claim claim, MeaningProtocol protocol, Func<Fact[], int, Fact>? twinOf = null)
    {
        Language[] others = [.. subject.NonPivot];
        Fact[] facts = [.. subject.World.Facts.Where(fact => fact.Split == Use.Test && fact.IsShared).Take(protocol.Facts ?? int.MaxValue)];
        Prompt[][] prompts = [.. others.Select(language => facts.Select(fact => subject.World.Prompt(fact, language, Use.Test)).ToArray())];
        if (Precondition.Fails(subject, prompts, protocol.SmallestAccuracy) is { } reason)
        {
            return Measurement.Invalid(claim, reason, facts.Length);
        }

        int[][] candidates = [.. facts.Select((fact, i) => Candidates(facts, i))];
        IReadOnlyList<int> solving = subject.Zones.Solving(subject.Layers);
        using LanguageModel untrained = subject.Untrained(protocol.UntrainedSeed);
        Fact[] twins = twinOf is null ? facts : [.. facts.Select((_, i) => twinOf(facts, i))];
        (Rates middle, Rates first) = Search(subject, subject.Model, facts, twins, candidates, solving);
        (Rates random, _) = Search(subject, untrained, facts, twins, candidates, solving);

        // What a permutation within the relation gives in expectation: any candidate is as likely as the query's own twin.
        double[] chance = [.. candidates.Select(group => 1.0 / group.Length)];
        string[] relations = [.. facts.Select(fact => fact.Relation.Id)];
        var bootstrap = new Bootstrap(new CounterRandom(protocol.Seed, "C3 bootstrap"));
        var permutation = new Permutation(new CounterRandom(protocol.Seed, "C3 permutation"), protocol.Permutations);
        double[][][] contrasts =
        [
            [.. middle.Hits.Select(hits => hits.Select((hit, i) => hit - chance[i]).ToArray())],
            [.. middle.Hits.Zip(first.Hits, Difference)],
            [.. middle.Hits.Zip(random.Hits, Difference)],
        ];
        Finding[] findings = [.. claim.Criteria.Select((criterion, c) =>
        {
            double[][] perLanguage = contrasts[c]; // [language][fact]
            double[] perFact = PerFact.Average(perLanguage);
            double p = c == 0 ? permutation.Assignment(relations, middle.RateWhenPermuted).P : StudentT.P(perFact);
            return Finding.Of(
                criterion,
                bootstrap.Mean(perFact, criterion.Region!.IntervalLevel()),
                p,
                [.. others.Select((language, l) => LanguageRow.Of(
                    language.Code, bootstrap.Mean(perLanguage[l], criterion.Region.IntervalLevel(others.Length)), criterion.Region, StudentT.P(perLanguage[l])))]) with
            {
                Redraw = Redraw.OfMean(perFact, criterion.Region.IntervalLevel()),
            };
        })];
        double deviation = StreamingMoments.Of(PerFact.Average(contrasts[0])).StandardDeviation;
        return new Measurement
        {
            Findings = findings,

            // The margin is zero, so there is no twice of it; what could have been found is said all the same.
            Power = new PowerStatement(double.NaN, double.NaN, Power.SmallestDetectable(0, deviation, facts.Length), "rate at rank 1"),
            Samples = [.. facts.SelectMany((fact, i) => others.Select((language, l) => SampleRow.Of(
                $"{fact.Id} in {language.Code}", prompts[l][i].Text, fact.Id,
                [new("middle", middle.Hits[l][i]), new("first", first.Hits[l][i]), new("untrained", random.Hits[l][i]), new("chance", chance[i])])))],
            Seeds = new(StringComparer.Ordinal) { ["bootstrap"] = protocol.Seed, ["permutation"] = protocol.Seed, ["untrained"] = protocol.UntrainedSeed },
        };
    }

    // The same relation, hence the same type of answer, and no content word in common: neither entity nor answer.
    private static int[] Candidates(Fact[] facts, int query) => [.. Enumerable.Range(0, facts.Length).Where(other =>
        other == query
        || (facts[other].Relation == facts[query].Relation && facts[other].Entity != facts[query].Entity && facts[other].Answer != facts[query].Answer))];

    // Middle: last-position states of the task-solving layers. First: the mean-pooled state behind the first block, a bag of words.
    private static (Rates Middle, Rates First) Search(
        Subject subject, LanguageModel model, Fact[] facts, Fact[] twins, int[][] candidates, IReadOnlyList<int> solving)
    {
        (float[][][] Middle, float[][][] First) pivot = Of(subject.Pivot, twins);
        (float[][][] Middle, float[][][] First)[] queries = [.. subject.NonPivot.Select(language => Of(language, facts))];
        return (
            new Rates([.. queries.Select(states => Similarities(states.Middle, pivot.Middle))], candidates),
            new Rates([.. queries.Select(states => Similarities(states.First, pivot.First))], candidates));

        (float[][][] Middle, float[][][] First) Of(Language language, Fact[] asked) => States.Collect(
            model, [.. asked.Select(fact => subject.Encode(subject.World.Prompt(fact, language, Use.Test)))], solving, [0]);

        static double[][][] Similarities(float[][][] from, float[][][] to) => [.. from.Zip(to, TwinRetrieval.Similarities)];
    }

    private static double[] Difference(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x - y)];

    /// <summary>Hits [language][fact], averaged over layers.</summary>
    private sealed class Rates
    {
        private readonly double[][][][] _similarities;
        private readonly double[][][] _bestOther; // [language][layer][query], the best candidate that is not the query's own twin

        public Rates(double[][][][] similarities, int[][] candidates)
        {
            _similarities = similarities;
            _bestOther = [.. similarities.Select(layers => layers.Select(layer => layer.Select((row, query) =>
                candidates[query].Where(candidate => candidate != query).Max(candidate => row[candidate])).ToArray()).ToArray())];
            Hits = [.. similarities.Select(layers =>
            {
                double[][] hits = [.. layers.Select(layer => TwinRetrieval.Hits(layer, candidates))];
                return Enumerable.Range(0, candidates.Length).Select(i => hits.Average(layer => layer[i])).ToArray();
            })];
        }

        public double[][] Hits { get; }

        /// <summary>
        /// The overall rate when query i is said to belong to the twin of query assigned[i], which takes its own twin's place.
        /// </summary>
        public double RateWhenPermuted(ReadOnlySpan<int> assigned)
        {
            long hits = 0;
            long all = 0;
            for (int language = 0; language < _similarities.Length; language++)
            {
                for (int layer = 0; layer < _similarities[language].Length; layer++)
                {
                    for (int query = 0; query < assigned.Length; query++)
                    {
                        hits += _similarities[language][layer][query][assigned[query]] >= _bestOther[language][layer][query] ? 1 : 0;
                        all++;
                    }
                }
            }

            return hits / (double)all;
        }
    }
}
