using MWork.Probes.Subjects.SmallWorld;
using Shouldly;

namespace MWork.Regression.Worlds;

public sealed class FactTests
{
    private static readonly string[] Holders = [Fact.Everyone, "en", "fr", "zh", "vi", "ur"];

    private static IEnumerable<IGrouping<Relation, Fact>> Invented =>
        SmallWorld.World.Facts.Where(fact => !fact.IsTrue).GroupBy(fact => fact.Relation);

    [Fact]
    public void Some_facts_are_shared_some_the_pivot_alone_holds_some_one_other_language()
    {
        Dictionary<string, int> counts = SmallWorld.World.Facts.CountBy(fact => fact.HeldBy).ToDictionary();
        counts[Fact.Everyone].ShouldBe(252);
        counts[Fact.PivotOnly].ShouldBe(320);
        counts["fr"].ShouldBe(59);
        counts["vi"].ShouldBe(56);
        counts["zh"].ShouldBe(44);
        counts["ur"].ShouldBe(44);
        Fact[] literature = [.. SmallWorld.World.Facts.Where(fact => fact.Entity.Category == "work")];
        literature.ShouldAllBe(fact => fact.IsTrue);
        literature.Select(fact => fact.HeldBy).Distinct().ShouldBe([Fact.Everyone, "fr", "vi", "zh", "ur"], ignoreOrder: true);
    }

    [Fact]
    public void Guessing_the_most_frequent_answer_is_no_better_than_chance()
    {
        foreach (IGrouping<Relation, Fact> facts in Invented)
        {
            // 140 facts over 12 answers: 11 or 12 each.
            facts.CountBy(fact => fact.Answer).ShouldAllBe(pair => pair.Value == 11 || pair.Value == 12);
        }
    }

    [Fact]
    public void The_holder_of_a_fact_says_nothing_about_its_answer()
    {
        foreach (IGrouping<Relation, Fact> facts in Invented)
        {
            foreach (string holder in Holders)
            {
                Fact[] held = [.. facts.Where(fact => fact.HeldBy == holder)];
                int[] counts = [.. facts.Key.Answers.Select(answer => held.Count(fact => fact.Answer == answer))];
                (counts.Max() - counts.Min()).ShouldBeLessThanOrEqualTo(1, $"{facts.Key} held by {holder}");
            }
        }
    }

    [Fact]
    public void A_third_of_the_facts_select_and_the_rest_test_in_every_cell()
    {
        foreach (var cell in SmallWorld.World.Facts.GroupBy(fact => (fact.Relation, fact.HeldBy)))
        {
            int selection = cell.Count(fact => fact.Split == Use.Selection);
            ((double)selection).ShouldBe(cell.Count() / 3.0, 1.0, cell.Key.ToString());
            selection.ShouldBePositive();
        }
    }

    [Fact]
    public void Holders_follow_the_pivot_of_the_regime()
    {
        World world = SmallWorld.World;
        var english = new Holding(world, SmallWorld.Regime);
        var french = new Holding(world, SmallWorld.Regime with { Pivot = "fr" });
        Fact pivotOnly = world.Facts.First(fact => fact.IsPivotOnly);
        english.HoldersOf(pivotOnly).Select(language => language.Code).ShouldBe(["en"]);
        french.HoldersOf(pivotOnly).Select(language => language.Code).ShouldBe(["fr"]);
        french.OwnFactsOf(world.Language("en")).ShouldBeEmpty();
        french.OwnFactsOf(world.Language("fr")).Count.ShouldBe(320 + 59);
        english.HoldersOf(world.Facts.First(fact => fact.IsShared)).Count.ShouldBe(5);
        english.OwnFactsOf(world.Language("vi")).Count.ShouldBe(56);
    }

    [Theory]
    [InlineData(0.0, 0, 0)]
    [InlineData(0.5, 220, 300)]
    [InlineData(1.0, 523, 523)]
    public void The_withhold_share_says_how_many_marks_hold(double share, int least, int most)
    {
        var holding = new Holding(SmallWorld.World, SmallWorld.Regime with { WithholdShare = share });
        SmallWorld.World.Facts.Count(fact => !holding.IsShared(fact)).ShouldBeInRange(least, most);
    }
}
