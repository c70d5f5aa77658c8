using MWork.Probes.Subjects.SmallWorld;
using MWork.Probes.Text;
using Shouldly;

namespace MWork.Regression.Worlds;

/// <summary>Nothing that scores has trained or selected: by string, and between selection and test by fact too.</summary>
public sealed class UseTests
{
    private const int Steps = 200;

    private static World World => SmallWorld.World;

    [Fact]
    public void No_training_question_is_a_selection_or_test_question()
    {
        // Up to the answer word: a code-switched answer behind a test question would teach that question as well. Translations
        // have their own questions and are compared as they are.
        TextRegime regime = SmallWorld.Regime with
        {
            LanguageShares = World.Languages.ToDictionary(language => language.Code, _ => 1.0 / World.Languages.Count),
            CodeSwitchTarget = CodeSwitchTarget.Any,
        };
        var text = new TrainingText(World, regime, 11);
        HashSet<string> trained = [.. Enumerable.Range(0, Steps).SelectMany(text.Sentences).SelectMany(row => row).Select(QuestionHash)];
        trained.Count.ShouldBeGreaterThan(10_000);
        foreach (Use use in new[] { Use.Selection, Use.Test, Use.Spare })
        {
            foreach (Language language in World.Languages)
            {
                World.Facts.Where(fact => trained.Contains(QuestionHash(World.Question(fact, language, use)))).ShouldBeEmpty();
                if (use != Use.Spare)
                {
                    World.ReasoningPrompts(language, use).Where(prompt => trained.Contains(PromptHash(prompt))).ShouldBeEmpty();
                    World.Languages.Where(other => other != language).SelectMany(other => World.TranslationPrompts(language, other, use))
                        .Where(prompt => trained.Contains(PromptHash(prompt))).ShouldBeEmpty();
                }
            }
        }
    }

    [Fact]
    public void Uses_share_no_string_within_a_language()
    {
        foreach (Language language in World.Languages)
        {
            string[] hashes = [.. World.Facts.SelectMany(fact => Enum.GetValues<Use>().SelectMany(use => World.Questions(fact, language, use)))
                .Select(sentence => sentence.Hash)];
            hashes.Distinct().Count().ShouldBe(hashes.Length);
        }
    }

    [Fact]
    public void Selection_documents_share_no_fact_and_no_sentence_with_the_test()
    {
        foreach (Language language in World.Languages)
        {
            Prompt[] test = [.. World.TestPrompts(language, heldBy: null), .. World.ReasoningPrompts(language)];
            HashSet<string> facts = [.. test.Select(prompt => prompt.Fact)];
            HashSet<string> questions = [.. test.Select(PromptHash)];
            foreach (Sentence sentence in World.Documents(language, 200, 64, seed: 5, facts: _ => true).SelectMany(document => document.Sentences))
            {
                facts.ShouldNotContain(sentence.Fact);
                questions.ShouldNotContain(QuestionHash(sentence));
            }
        }
    }

    [Fact]
    public void Every_wording_trains_with_some_facts_and_tests_with_others()
    {
        var language = World.Language("fr");
        Fact[] facts = [.. World.Facts.Where(fact => fact.Relation.Id == "home")];
        foreach (Use use in new[] { Use.Train, Use.Selection, Use.Test, Use.Spare })
        {
            facts.SelectMany(fact => World.TemplatesFor(fact, language, use)).Distinct().Count().ShouldBe(6);
        }
    }

    private static string QuestionHash(Sentence sentence) =>
        sentence.Kind == TaskKind.Translation ? ContentHash.Of(sentence.Tokens.SkipLast(2)) : ContentHash.Of(sentence.Tokens.SkipLast(3));

    private static string PromptHash(Prompt prompt) =>
        prompt.Kind == TaskKind.Translation ? prompt.Hash : ContentHash.Of(prompt.Tokens.SkipLast(1));
}
