using MWork.Hypotheses.Harness;
using MWork.Probes.Evidence;
using MWork.Probes.Randomness;
using MWork.Probes.Statistics;
using MWork.Probes.Subjects;
using MWork.Probes.Tasks;
using MWork.Probes.Text;

namespace MWork.Hypotheses;

/// <summary>K4's statistic: accuracy on ℓ's own facts asked in other languages, as share of the way from chance to the accuracy in ℓ.</summary>
internal static class Elsewhere
{
    public static Measurement Measure(Subject subject, Claim claim, KnowledgeLocalizationProtocol protocol)
    {
        Language[] holders = [.. subject.NonPivot.Where(language => subject.World.TestPrompts(language, language.Code).Count > 0)];
        Item[][] items = [.. holders.Select(holder =>
        {
            AblationScores home = TaskScores.OwnKnowledge(subject, holder, holder);
            AblationScores[] away = [.. subject.Languages.Where(language => language != holder)
                .Select(language => TaskScores.OwnKnowledge(subject, holder, language))];
            return Enumerable.Range(0, home.Prompts.Count).Select(fact => new Item(
                Right(home.Clean[fact]), away.Average(scores => Right(scores.Clean[fact])), home.Prompts[fact].Chance)).ToArray();
        })];
        double accuracy = items.Average(holder => holder.Average(item => item.Home));
        if (accuracy < protocol.SmallestAccuracy)
        {
            return Measurement.Invalid(
                claim, FormattableString.Invariant($"accuracy at home {accuracy:0.00}, at least {protocol.SmallestAccuracy:0.00} needed"), items.Sum(holder => holder.Length));
        }

        var bootstrap = new Bootstrap(new CounterRandom(protocol.Seed, "K4 bootstrap"));
        Item[] all = [.. items.SelectMany(holder => holder)];
        return new Measurement
        {
            Findings =
            [
                Finding.Of(claim.Criteria[0], bootstrap.Statistic(all.Length, drawn => Scaled(all, drawn)), rows:
                    [.. holders.Select((holder, l) => LanguageRow.Of(
                        holder.Code,
                        bootstrap.Statistic(items[l].Length, drawn => Scaled(items[l], drawn), MultipleTesting.BonferroniLevel(holders.Length)),
                        region: null))]) with
                {
                    Redraw = Redraw.OfStatistic(all.Length, drawn => Scaled(all, drawn), 1 - MultipleTesting.Alpha),
                },
            ],
            Seeds = new(StringComparer.Ordinal) { ["bootstrap"] = protocol.Seed },
        };

        static double Right(CandidateScore score) => score.IsRight ? 1 : 0;
    }

    private static double Scaled(Item[] items, ReadOnlySpan<int> drawn)
    {
        (double home, double away, double chance) = (0, 0, 0);
        foreach (int i in drawn)
        {
            home += items[i].Home;
            away += items[i].Away;
            chance += items[i].Chance;
        }

        return (away - chance) / (home - chance);
    }

    private sealed record Item(double Home, double Away, double Chance);
}
