using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Probes.Randomness;
using MWork.Probes.Statistics;
using MWork.Probes.Subjects;
using MWork.Probes.Tasks;
using MWork.Probes.Text;

namespace MWork.Hypotheses;

/// <summary>
/// Q1's statistic over all test facts, whoever was taught them: how often both languages are right less the product of their accuracies, within who holds
/// the fact (facts of one holder were told equally often); and where both are wrong, how often they say the same less how often they
/// would if the wrong answers of a relation were dealt anew.
/// </summary>
internal static class Agreement
{
    public static Measurement Measure(Subject subject, Claim claim, ConsistencyProtocol protocol)
    {
        if (!subject.Languages.Any(language => language.Code == protocol.First) || !subject.Languages.Any(language => language.Code == protocol.Second))
        {
            return Measurement.Invalid(claim, $"it is not asked in {protocol.First} and {protocol.Second}", 0);
        }

        Item[] items = Items(subject, subject.World.Language(protocol.First), subject.World.Language(protocol.Second));
        var bootstrap = new Bootstrap(new CounterRandom(protocol.Seed, "Q1 bootstrap"));
        return new Measurement
        {
            Findings =
            [
                Rate(claim.Criteria[0], Together),
                Rate(claim.Criteria[1], Alike),
            ],
            Seeds = new(StringComparer.Ordinal) { ["bootstrap"] = protocol.Seed },
        };

        Finding Rate(Criterion criterion, Func<Item[], ReadOnlySpan<int>, double> statistic) =>
            Finding.Of(criterion, bootstrap.Statistic(items.Length, drawn => statistic(items, drawn))) with
            {
                Redraw = Redraw.OfStatistic(items.Length, drawn => statistic(items, drawn), 1 - MultipleTesting.Alpha),
            };
    }

    private static Item[] Items(Subject subject, Language first, Language second)
    {
        Dictionary<string, string> conceptOf = new[] { first, second }
            .SelectMany(language => subject.World.Concepts.Where(concept => concept.HasWordIn(language)).Select(concept => (Word: concept.In(language), concept.Id)))
            .ToDictionary(pair => pair.Word, pair => pair.Id, StringComparer.Ordinal);
        Dictionary<string, string> holderOf = subject.World.Facts.ToDictionary(fact => fact.Id, fact => fact.HeldBy, StringComparer.Ordinal);
        IReadOnlyList<Prompt> prompts = subject.World.TestPrompts(first, heldBy: null);
        CandidateScore[] one = CandidateScores.Measure(subject.Model, prompts);
        CandidateScore[] other = CandidateScores.Measure(subject.Model, subject.World.TestPrompts(second, heldBy: null));
        return [.. prompts.Select((prompt, i) => new Item(
            holderOf[prompt.Fact], prompt.Relation, one[i].IsRight, other[i].IsRight, Said(one[i]), Said(other[i])))];

        string? Said(CandidateScore score) => subject.Model.Tokenizer.IdToToken(score.TopToken) is { } word ? conceptOf.GetValueOrDefault(word) : null;
    }

    private static double Together(Item[] items, ReadOnlySpan<int> drawn)
    {
        var strata = new SortedDictionary<string, (int Both, int First, int Second, int All)>(StringComparer.Ordinal);
        foreach (int i in drawn)
        {
            (int both, int first, int second, int all) = strata.GetValueOrDefault(items[i].Holder);
            (bool a, bool b) = (items[i].FirstRight, items[i].SecondRight);
            strata[items[i].Holder] = (both + (a && b ? 1 : 0), first + (a ? 1 : 0), second + (b ? 1 : 0), all + 1);
        }

        return strata.Values.Sum(s => s.Both - ((double)s.First * s.Second / s.All)) / drawn.Length;
    }

    // Dealt anew within a relation, the answers coincide as often as any two of its items do: exactly, without drawing. NaN where nothing is
    // wrong in both languages.
    private static double Alike(Item[] items, ReadOnlySpan<int> drawn)
    {
        var relations = new SortedDictionary<string, List<Item>>(StringComparer.Ordinal);
        foreach (int i in drawn)
        {
            if (items[i] is { FirstRight: false, SecondRight: false, First: not null, Second: not null })
            {
                if (!relations.TryGetValue(items[i].Relation, out List<Item>? own))
                {
                    relations[items[i].Relation] = own = [];
                }

                own.Add(items[i]);
            }
        }

        double same = 0;
        double byChance = 0;
        int wrong = 0;
        foreach (List<Item> relation in relations.Values)
        {
            same += relation.Count(item => item.First == item.Second);
            byChance += relation.Sum(item => relation.Count(other => other.Second == item.First)) / (double)relation.Count;
            wrong += relation.Count;
        }

        return (same - byChance) / wrong;
    }

    /// <param name="First">What the first language's highest token means.</param>
    private sealed record Item(string Holder, string Relation, bool FirstRight, bool SecondRight, string? First, string? Second);
}
