using MWork.Probes.Models;
using MWork.Probes.Subjects.SmallWorld;
using MWork.Probes.Tensors;
using MWork.Probes.Text;
using MWork.Probes.Tokenizers;

namespace MWork.Probes.Subjects.Planted;

/// <summary>A planted model over the words and facts of the small world.</summary>
public static class PlantedSubject
{
    /// <summary>Builds the model with the tokenizer for these languages' words.</summary>
    public static (LanguageModel Model, IReadOnlyList<PlantedNeuron> Neurons) Build(
        World world, IReadOnlyList<string> languages, PlantedDesign design, ITensorOps ops)
    {
        WordLevelTokenizer tokenizer = WordLevelTokenizer.Create([.. world.Vocabulary.Tokens.Where(token =>
            world.LanguageOf(token) is not { } language || languages.Contains(language.Code, StringComparer.Ordinal))]);
        PlantedModel planted = PlantedBuilder.Build(design, Lexicon(world, [.. languages.Select(world.Language)], tokenizer));
        var weights = new Weights(planted.Config, (name, shape) => ops.FromArray(planted.Weights[name], shape));
        string hash = WeightsHash.Of(planted.Weights);
        return (new LanguageModel(new Decoder(planted.Config, weights), tokenizer, ops, hash), planted.Neurons);
    }

    private static PlantedLexicon Lexicon(World world, IReadOnlyList<Language> languages, WordLevelTokenizer tokenizer)
    {
        var words = new PlantedWord?[tokenizer.VocabularySize];
        HashSet<Concept> entities = [.. world.Facts.Select(fact => fact.Entity)];
        foreach (Language language in languages)
        {
            foreach (Concept concept in world.Concepts.Where(concept => concept.HasWordIn(language)))
            {
                Place(concept.In(language), new PlantedWord(
                    language.Code, concept.Id, entities.Contains(concept) ? WordPart.Entity : WordPart.Other));
            }

            foreach ((string keyword, string relation) in Keywords(world, language))
            {
                Place(keyword, new PlantedWord(language.Code, $"asks {relation}", WordPart.Keyword, relation));
            }

            Place(world.AnswerWord(language), new PlantedWord(language.Code, "answer", WordPart.AnswerMarker));
        }

        return new PlantedLexicon(
            [.. languages.Select(language => language.Code)],
            [.. world.Relations.Select(relation => relation.Id)],
            words,
            [.. world.Facts.Where(fact => fact.IsShared || languages.Any(language => language.Code == fact.HeldBy)).Select(fact => new PlantedFact(
                fact.Entity.Id,
                fact.Relation.Id,
                fact.Answer.Id,
                fact.IsPivotOnly ? null : fact.IsShared ? [.. languages.Select(language => language.Code)] : [fact.HeldBy]))]);

        void Place(string word, PlantedWord meaning) => words[tokenizer.TokenToId(word)!.Value] = meaning;
    }

    /// <summary>The words of a language that stand in the questions of one relation and of no other: they tell which is asked.</summary>
    private static Dictionary<string, string> Keywords(World world, Language language)
    {
        HashSet<string> concepts = [.. world.Concepts.Where(c => !c.IsFunctionWord && c.HasWordIn(language)).Select(c => c.In(language))];
        return world.Facts.SelectMany(fact => Enum.GetValues<Use>()
                .SelectMany(use => world.Questions(fact, language, use))
                .SelectMany(sentence => sentence.Tokens.Select(token => (Token: token, Relation: fact.Relation.Id))))
            .Where(pair => world.LanguageOf(pair.Token) == language && !concepts.Contains(pair.Token))
            .GroupBy(pair => pair.Token, pair => pair.Relation)
            .Where(group => group.Distinct().Count() == 1 && group.Key != world.AnswerWord(language))
            .ToDictionary(group => group.Key, group => group.First());
    }
}
