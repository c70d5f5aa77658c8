using MWork.Probes.Subjects.SmallWorld;
using MWork.Probes.Text;
using Shouldly;

namespace MWork.Regression.Worlds;

public sealed class PromptTests
{
    private static World World => SmallWorld.World;

    [Fact]
    public void A_prompt_ends_at_its_answer_word_and_knows_what_may_follow()
    {
        Fact fact = World.Facts.Single(candidate => candidate.Id == "the_stranger/author");
        Prompt prompt = World.Prompt(fact, World.Language("vi"), Use.Test);
        prompt.Tokens[^1].ShouldBe("đáp_án");
        prompt.Answer.ShouldBe("ca_muy");
        prompt.Candidates.ShouldContain("ca_muy");
        prompt.Candidates.Count.ShouldBe(23);
        prompt.Hash.ShouldBe(ContentHash.Of(prompt.Text));

        Prompt switched = World.Prompt(fact, World.Language("vi"), Use.Test, World.Language("en"));
        switched.Tokens.SkipLast(1).ShouldBe(prompt.Tokens.SkipLast(1));
        switched.Tokens[^1].ShouldBe("answer");
        switched.Answer.ShouldBe("albert_camus");
    }

    [Fact]
    public void Candidates_are_distinct_and_hold_the_answer()
    {
        foreach (Language language in World.Languages)
        {
            foreach (Prompt prompt in World.TestPrompts(language, heldBy: null).Concat(World.ReasoningPrompts(language)))
            {
                prompt.Candidates.Distinct().Count().ShouldBe(prompt.Candidates.Count);
                prompt.Candidates.Count(candidate => candidate == prompt.Answer).ShouldBe(1);
                prompt.Candidates.Where(candidate => World.LanguageOf(candidate) != language).ShouldBeEmpty();
            }
        }
    }

    [Fact]
    public void Prompts_are_parallel_across_languages()
    {
        IReadOnlyList<IReadOnlyDictionary<string, Prompt>> parallel = World.ParallelPrompts(SmallWorld.Natural);
        parallel.Count.ShouldBe(169);
        parallel.ShouldAllBe(row => row.Count == 5 && row.Values.Select(prompt => prompt.Fact).Distinct().Count() == 1);
        World.TestPrompts(World.Language("ur")).Select(prompt => prompt.Fact)
            .ShouldBe(World.TestPrompts(World.Language("en")).Select(prompt => prompt.Fact));
    }

    [Fact]
    public void There_are_enough_reasoning_items_to_bound_a_drop()
    {
        // S2 asks for at least 350 items per language.
        World.ReasoningPrompts(World.Language("ur")).Count.ShouldBeGreaterThanOrEqualTo(350);
        World.Reasoning.Count(item => item.Use == Use.Train).ShouldBeGreaterThan(350);
    }

    [Fact]
    public void Reasoning_answers_are_right()
    {
        foreach (ReasoningItem item in World.Reasoning)
        {
            int x = Value(item.X);
            int y = Value(item.Y);
            Value(item.Answer).ShouldBe(item.Kind switch { "sum" => x + y, "larger" => Math.Max(x, y), _ => Math.Min(x, y) });
        }

        static int Value(Concept number) => int.Parse(number.Feature("value")!, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public void A_fact_has_paraphrases_enough_to_find_its_neurons()
    {
        Fact fact = World.Facts[0];
        Language language = World.Language("zh");
        IReadOnlyList<Prompt> paraphrases = World.Paraphrases(fact, language);
        paraphrases.Count.ShouldBe(5);
        paraphrases.Select(prompt => prompt.Hash).ShouldNotContain(World.Prompt(fact, language, Use.Test).Hash);
    }

    [Fact]
    public void Documents_are_monolingual_full_and_repeatable()
    {
        foreach (Language language in World.Languages)
        {
            IReadOnlyList<Document> documents = World.Documents(language, 30, 64, seed: 9);
            documents.Select(document => document.Hash).Distinct().Count().ShouldBe(30);
            foreach (Document document in documents)
            {
                document.Tokens.Count.ShouldBeInRange(64 - 14, 64);
                document.Tokens.Where(token => World.LanguageOf(token) is { } other && other != language).ShouldBeEmpty();
                document.Sentences.Select(sentence => sentence.Hash).Distinct().Count().ShouldBe(document.Sentences.Count);
            }

            Sentence[] sentences = [.. documents.SelectMany(document => document.Sentences)];
            sentences.Count(sentence => sentence.Kind == TaskKind.Reasoning).ShouldBeInRange(sentences.Length / 5, sentences.Length / 3);
            World.Documents(language, 10, 64, seed: 9).Select(document => document.Hash).ShouldBe(documents.Take(10).Select(document => document.Hash));
        }
    }

    [Fact]
    public void Documents_longer_than_the_text_there_is_are_refused()
    {
        Should.Throw<ArgumentException>(() => World.Documents(World.Language("fr"), 1, 100_000, seed: 1)).Message.ShouldContain("too little text");
        Should.Throw<ArgumentException>(() => World.Documents(World.Language("fr"), 1, 64, seed: 1, Use.Train)).Message.ShouldContain("Only selection and test");
    }

    [Fact]
    public void A_translation_prompt_names_the_language_it_wants()
    {
        Prompt prompt = World.TranslationPrompts(World.Language("fr"), World.Language("vi"))[0];
        prompt.Tokens[0].ShouldBe("français");
        prompt.Tokens[^1].ShouldBe("tiếng_việt");
        World.LanguageOf(prompt.Answer)!.Code.ShouldBe("vi");
        World.TranslationPrompts(World.Language("fr"), World.Language("vi")).Count.ShouldBeInRange(15, 60);
    }
}
