using MWork.Probes.Subjects.SmallWorld;
using MWork.Probes.Text;
using Shouldly;

namespace MWork.Regression.Worlds;

public sealed class WordTests
{
    private static World World => SmallWorld.World;

    [Fact]
    public void No_word_belongs_to_two_languages_or_two_meanings()
    {
        IEnumerable<string> words = World.Languages.SelectMany(language =>
            World.Concepts.Where(concept => concept.HasWordIn(language)).Select(concept => concept.In(language)).Append(language.OwnName));
        words.GroupBy(word => word).Where(group => group.Count() > 1).Select(group => group.Key).ShouldBeEmpty();
    }

    [Fact]
    public void The_world_is_as_large_as_it_promises()
    {
        World.Facts.Select(fact => fact.Entity.Id).Distinct().Count().ShouldBeGreaterThanOrEqualTo(100);
        World.Relations.Count.ShouldBeGreaterThanOrEqualTo(5);
        World.Facts.Count.ShouldBeGreaterThanOrEqualTo(500);
        SmallWorld.Natural.Select(language => language.Code).ShouldBe(["en", "fr", "zh", "vi", "ur"]);
        World.Templates.GroupBy(template => (template.Relation, template.Language)).ShouldAllBe(group => group.Count() >= 3);
        World.Relations.ShouldAllBe(relation => relation.Answers.Count >= 10);
    }

    [Fact]
    public void Special_tokens_come_first_and_every_token_has_one_number()
    {
        World.Vocabulary.Tokens.Take(4).ShouldBe(["<pad>", "<s>", "</s>", "<unk>"]);
        World.Vocabulary.Tokens.Distinct().Count().ShouldBe(World.Vocabulary.Count);
        World.Vocabulary.Tokens.Select(World.Vocabulary.IndexOf).ShouldBe(Enumerable.Range(0, World.Vocabulary.Count));
        World.Vocabulary.IndexOf("xyzzy").ShouldBe(3);
    }

    [Fact]
    public void The_language_of_a_token_is_known_or_the_token_is_punctuation()
    {
        World.LanguageOf("mèo")!.Code.ShouldBe("vi");
        World.LanguageOf("بلی")!.Code.ShouldBe("ur");
        World.LanguageOf("zhong1_wen2")!.Code.ShouldBe("zh-Latn");
        World.LanguageOf("xyzzy").ShouldBeNull();
        World.Vocabulary.Tokens.Where(token => World.LanguageOf(token) is null)
            .ShouldBe([.. Vocabulary.Special, .. Vocabulary.Punctuation]);
    }

    [Fact]
    public void Words_are_written_in_the_script_their_language_declares()
    {
        foreach (Language language in World.Languages)
        {
            foreach (Concept concept in World.Concepts.Where(concept => concept.HasWordIn(language)))
            {
                foreach (char c in concept.In(language).Where(char.IsLetter))
                {
                    ScriptOf(c).ShouldBe(language.Script, $"{concept.In(language)} in {language.Name}");
                }
            }
        }
    }

    [Fact]
    public void Loading_twice_gives_the_same_world()
    {
        var again = World.Load(SmallWorld.Directory);
        again.Hash.ShouldBe(World.Hash);
        again.Vocabulary.Tokens.ShouldBe(World.Vocabulary.Tokens);
    }

    private static string ScriptOf(char c) => c switch
    {
        >= '\u4e00' and <= '\u9fff' => "Han",
        >= '\u0600' and <= '\u06ff' => "Arabic",
        < '\u0250' or (>= '\u1e00' and <= '\u1eff') => "Latin",
        _ => "another script",
    };
}
