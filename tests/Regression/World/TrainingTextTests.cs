using MWork.Probes.Subjects.SmallWorld;
using MWork.Probes.Text;
using Shouldly;

namespace MWork.Regression.Worlds;

public sealed class TrainingTextTests
{
    private static World World => SmallWorld.World;

    [Fact]
    public void A_step_is_a_function_of_seed_and_number()
    {
        var text = new TrainingText(World, SmallWorld.Regime, 3);
        string late = Digest(text.Step(40));
        Digest(text.Step(0)).ShouldNotBe(late);
        Digest(text.Step(40)).ShouldBe(late);
        Digest(new TrainingText(World.Load(SmallWorld.Directory), SmallWorld.Regime, 3).Step(40)).ShouldBe(late);
        Digest(new TrainingText(World, SmallWorld.Regime, 4).Step(40)).ShouldNotBe(late);
    }

    [Fact]
    public void Rows_are_whole_sentences_of_known_tokens_within_the_length()
    {
        var text = new TrainingText(World, SmallWorld.Regime, 3);
        for (int step = 0; step < 20; step++)
        {
            IReadOnlyList<string[]> rows = text.Step(step);
            rows.Count.ShouldBe(SmallWorld.Regime.SequencesPerStep);
            foreach (string[] row in rows)
            {
                row.Length.ShouldBeInRange(1, SmallWorld.Regime.SequenceLength);
                row[0].ShouldBe(Vocabulary.Begin);
                row[^1].ShouldBe(".");
                row.Where(token => !World.Vocabulary.Contains(token)).ShouldBeEmpty();
            }
        }
    }

    [Fact]
    public void Shares_are_met()
    {
        TextRegime regime = SmallWorld.Regime;
        Sentence[] all = Sentences(regime, 150);

        // Five standard deviations at n ≈ 30 000, p = 1/2.
        const double Tolerance = 0.015;
        foreach ((string code, double share) in regime.LanguageShares)
        {
            Share(all, sentence => sentence.Language.Code == code).ShouldBe(share, Tolerance);
        }

        Share(all, sentence => sentence.Kind == TaskKind.Knowledge).ShouldBe(regime.KnowledgeShare, Tolerance);
        Share(all, sentence => sentence.Kind == TaskKind.Reasoning).ShouldBe(regime.ReasoningShare, Tolerance);
        Sentence[] askedAbroad = [.. all.Where(sentence => sentence.Kind == TaskKind.Knowledge && sentence.Language.Code != "en")];
        Share(askedAbroad, sentence => sentence.AnswerLanguage.Code == "en").ShouldBe(regime.CodeSwitchRate, 2 * Tolerance);
    }

    [Fact]
    public void Shared_facts_and_a_languages_own_are_told_equally_often_in_it()
    {
        TextRegime regime = SmallWorld.Regime;
        var text = new TrainingText(World, regime, 17);
        IReadOnlyDictionary<Exposure, int> exposures = text.Exposures(150);
        foreach (Language language in text.Holding.Languages)
        {
            Fact[] held = [.. text.Holding.FactsOf(language)];
            double mean = held.Average(Told);
            mean.ShouldBeGreaterThan(2);
            HashSet<Fact> own = [.. text.Holding.OwnFactsOf(language)];

            // Five standard errors of the mean of |own| Poisson counts.
            own.Average(Told).ShouldBe(mean, 5 * Math.Sqrt(mean / own.Count), language.Name);
            held.Except(own).Average(Told).ShouldBe(mean, 5 * Math.Sqrt(mean / held.Length), language.Name);

            double Told(Fact fact) => exposures.GetValueOrDefault(new Exposure(fact.Id, language.Code, language.Code));
        }
    }

    [Theory]
    [InlineData("en", CodeSwitchTarget.Pivot, true)]
    [InlineData("en", CodeSwitchTarget.Any, true)]
    [InlineData("en", CodeSwitchTarget.Any, false)]
    [InlineData("fr", CodeSwitchTarget.Pivot, true)]
    public void No_language_is_told_an_answer_it_does_not_hold(string pivot, CodeSwitchTarget target, bool withheld)
    {
        TextRegime regime = SmallWorld.Regime with { Pivot = pivot, CodeSwitchTarget = target, CodeSwitchWithheld = withheld };
        var text = new TrainingText(World, regime, 23);
        var facts = World.Facts.ToDictionary(fact => fact.Id);
        bool askedWithheld = false;
        foreach (Exposure exposure in text.Exposures(60).Keys)
        {
            Fact fact = facts[exposure.Fact];
            text.Holding.Holds(World.Language(exposure.AnsweredIn), fact).ShouldBeTrue($"{exposure}");
            if (!text.Holding.Holds(World.Language(exposure.AskedIn), fact))
            {
                askedWithheld = true;
                exposure.AnsweredIn.ShouldBe(pivot);
            }

            if (!text.Holding.IsShared(fact) && !text.Holding.IsPivotOnly(fact))
            {
                exposure.AskedIn.ShouldBe(exposure.AnsweredIn);
            }
        }

        askedWithheld.ShouldBe(withheld);
    }

    [Fact]
    public void One_language_alone_trains_without_translations()
    {
        TextRegime regime = SmallWorld.Regime with
        {
            LanguageShares = new Dictionary<string, double> { ["en"] = 1 },
            KnowledgeShare = 1,
            ReasoningShare = 0,
            TranslationShare = 0,
            CodeSwitchRate = 0,
        };
        Sentences(regime, 2).ShouldAllBe(sentence => sentence.Kind == TaskKind.Knowledge && sentence.AnswerLanguage.Code == "en");
    }

    private static Sentence[] Sentences(TextRegime regime, int steps)
    {
        var text = new TrainingText(World, regime, 29);
        return [.. Enumerable.Range(0, steps).SelectMany(text.Sentences).SelectMany(row => row)];
    }

    private static double Share(Sentence[] sentences, Func<Sentence, bool> which) => (double)sentences.Count(which) / sentences.Length;

    private static string Digest(IReadOnlyList<string[]> rows) => ContentHash.Combine(rows.Select(row => ContentHash.Of(row)));
}
