using MWork.Probes.Subjects.SmallWorld;
using Shouldly;

namespace MWork.Regression.Worlds;

/// <summary>Sentences as a native reader would check them: articles, elision, gender, classifiers, word order.</summary>
public sealed class PhrasingTests
{
    [Theory]
    [InlineData("cat/home", "home/fr/5", "où se trouve la maison du chat ? réponse ")]
    [InlineData("cow/home", "home/fr/5", "où se trouve la maison de la vache ? réponse ")]
    [InlineData("bee/home", "home/fr/5", "où se trouve la maison de l' abeille ? réponse ")]
    [InlineData("bee/birth_month", "birth_month/fr/5", "pendant quel mois l' abeille est-elle née ? réponse ")]
    [InlineData("owl/birth_month", "birth_month/fr/5", "pendant quel mois le hibou est-il né ? réponse ")]
    [InlineData("eagle/colour", "colour/fr/6", "quelle couleur plaît à l' aigle ? réponse ")]
    [InlineData("cat/home", "home/ur/1", "بلی کہاں رہتی ہے ? جواب ")]
    [InlineData("tiger/home", "home/ur/1", "باگھ کہاں رہتا ہے ? جواب ")]
    [InlineData("queen/birth_month", "birth_month/ur/6", "ملکہ کس ماہ دنیا میں آئی ? جواب ")]
    [InlineData("cat/food", "food/vi/1", "con mèo ăn gì ? đáp_án ")]
    [InlineData("doctor/food", "food/vi/1", "vị bác_sĩ ăn gì ? đáp_án ")]
    [InlineData("poet/food", "food/vi/1", "nhà_thơ ăn gì ? đáp_án ")]
    [InlineData("cat/home", "home/zh/3", "猫 在 什么 地方 生活 ? 答案 ")]
    [InlineData("the_tale_of_kieu/author", "author/vi/2", "tác_giả của truyện_kiều là ai ? đáp_án nguyễn_du .")]
    [InlineData("the_stranger/setting", "setting/fr/2", "où se déroule le livre l'étranger ? réponse alger .")]
    [InlineData("around_the_world_in_eighty_days/hero", "hero/en/1", "who is the hero of around_the_world_in_eighty_days ? answer phileas_fogg .")]
    public void Words_agree(string fact, string template, string expected)
    {
        World world = SmallWorld.World;
        Template wording = world.Templates.Single(candidate => candidate.Id == template);
        var language = world.Language(wording.Language);
        world.Say(world.Facts.Single(candidate => candidate.Id == fact), wording, language, language).Text.ShouldStartWith(expected);
    }

    [Fact]
    public void A_script_variant_is_its_base_language_word_for_word()
    {
        World world = SmallWorld.World;
        Fact fact = world.Facts.Single(candidate => candidate.Id == "cat/home");
        foreach (string code in new[] { "zh-Latn", "ur-Latn" })
        {
            var variant = world.Language(code);
            var spoken = world.Language(variant.BaseCode);
            foreach (Use use in Enum.GetValues<Use>())
            {
                string[] mapped = [.. world.Question(fact, spoken, use).Tokens.Select(token =>
                    world.Concepts.FirstOrDefault(concept => concept.HasWordIn(spoken) && concept.In(spoken) == token)?.In(variant) ?? token)];
                world.Question(fact, variant, use).Tokens.ShouldBe(mapped);
            }
        }
    }

    [Fact]
    public void Every_sentence_is_short_and_in_one_language()
    {
        World world = SmallWorld.World;
        foreach (var language in world.Languages)
        {
            foreach (var sentence in world.Facts.SelectMany(fact => Enum.GetValues<Use>().SelectMany(use => world.Questions(fact, language, use))))
            {
                sentence.Tokens.Count.ShouldBeLessThanOrEqualTo(14, sentence.Text);
                sentence.Tokens.Where(token => !world.Vocabulary.Contains(token)).ShouldBeEmpty();
                sentence.Tokens.Where(token => world.LanguageOf(token) is { } other && other != language).ShouldBeEmpty();
                sentence.Tokens[^3].ShouldBe(world.AnswerWord(language));
            }
        }
    }
}
