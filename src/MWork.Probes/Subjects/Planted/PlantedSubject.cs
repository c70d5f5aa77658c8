using MWork.Probes.Models;
using MWork.Probes.Subjects.SmallWorld;
using MWork.Probes.Tensors;
using MWork.Probes.Text;
using MWork.Probes.Tokenizers;

namespace MWork.Probes.Subjects.Planted;

/// <summary>A planted model over the words, facts and numbers of the small world.</summary>
public static class PlantedSubject
{
    /// <summary>
    /// Builds the model with the tokenizer for these languages' words. It also reads their romanisations, as the same language in
    /// another script, but never answers in one that is not among the languages.
    /// </summary>
    public static (LanguageModel Model, IReadOnlyList<PlantedNeuron> Neurons) Build(
        World world, IReadOnlyList<string> languages, PlantedDesign design, ITensorOps ops)
    {
        Language[] spoken = [.. languages.Select(world.Language)];
        Language[] read =
            [.. world.Languages.Except(spoken).Where(language => languages.Contains(language.BaseCode, StringComparer.Ordinal))];
        WordLevelTokenizer tokenizer = WordLevelTokenizer.Create([.. world.Vocabulary.Tokens.Where(token =>
            world.LanguageOf(token) is not { } language || spoken.Contains(language) || read.Contains(language))]);
        PlantedModel planted = PlantedBuilder.Build(design, Lexicon(world, spoken, read, design.Pivot, tokenizer));
        var weights = new Weights(planted.Config, (name, shape) => ops.FromArray(planted.Weights[name], shape));
        string hash = WeightsHash.Of(planted.Weights);
        return (new LanguageModel(new Decoder(planted.Config, weights), tokenizer, ops, hash), planted.Neurons);
    }

    private static PlantedLexicon Lexicon(
        World world, IReadOnlyList<Language> spoken, IReadOnlyList<Language> read, string pivot, WordLevelTokenizer tokenizer)
    {
        var words = new PlantedWord?[tokenizer.VocabularySize];
        HashSet<Concept> entities = [.. world.Facts.Select(fact => fact.Entity)];
        foreach (Language language in spoken)
        {
            Dictionary<string, string> keywords = Keywords(world, language);
            Place(language, language);
            foreach (Language variant in read.Where(variant => variant.BaseCode == language.Code))
            {
                Place(language, variant);
            }

            void Place(Language meant, Language written)
            {
                foreach (Concept concept in world.Concepts.Where(c => c.HasWordIn(meant) && c.HasWordIn(written)))
                {
                    int id = tokenizer.TokenToId(concept.In(written))!.Value;
                    words[id] = Word(concept, meant, written.Script, keywords, said: meant == written);
                }
            }
        }

        return new PlantedLexicon(
            [.. spoken.Select(language => language.Code)],
            [.. spoken.Select(language => language.Script)],
            [.. world.Relations.Select(relation => relation.Id), .. ReasoningItem.Kinds],
            [.. world.Numbers.Select(number => number.Id)],
            words,
            [.. world.Facts.Select(fact => new PlantedFact(fact.Entity.Id, fact.Relation.Id, fact.Answer.Id, HolderOf(fact)))
                .Where(fact => fact.HeldBy is null || spoken.Any(language => language.Code == fact.HeldBy))],
            [.. world.Reasoning.Where(item => item.X.Row <= item.Y.Row)
                .Select(item => new PlantedPair(item.Kind, item.X.Id, item.Y.Id, item.Answer.Id))]);

        string? HolderOf(Fact fact) => fact.IsShared ? null : fact.IsPivotOnly ? pivot : fact.HeldBy;

        PlantedWord Word(Concept concept, Language language, string script, Dictionary<string, string> keywords, bool said)
        {
            string word = concept.In(language);
            if (word == world.AnswerWord(language))
            {
                // "answer" is no answer: else its own code, which stands where the answer is read, would outshine the weak ones.
                return new PlantedWord(language.Code, script, concept.Id, WordPart.AnswerMarker, IsSaid: false);
            }

            if (keywords.TryGetValue(word, out string? relation))
            {
                return new PlantedWord(language.Code, script, $"asks {relation}", WordPart.Keyword, relation, said);
            }

            WordPart part = entities.Contains(concept) ? WordPart.Entity
                : world.Numbers.Contains(concept) ? WordPart.Number
                : WordPart.Other;
            return new PlantedWord(language.Code, script, concept.Id, part, IsSaid: said);
        }
    }

    /// <summary>The words of a language that stand in the questions of one relation and of no other: they tell which is
    /// asked.</summary>
    private static Dictionary<string, string> Keywords(World world, Language language)
    {
        HashSet<string> concepts =
            [.. world.Concepts.Where(c => !c.IsFunctionWord && c.HasWordIn(language)).Select(c => c.In(language))];
        IEnumerable<(Sentence Question, string Relation)> knowledge = world.Facts.SelectMany(fact => Enum.GetValues<Use>()
            .SelectMany(use => world.Questions(fact, language, use).Select(question => (question, fact.Relation.Id))));
        IEnumerable<(Sentence Question, string Relation)> reasoning = world.Reasoning.DistinctBy(item => item.Kind)
            .SelectMany(item => world.TemplatesFor(item, language)
                .Select(template => (world.Question(item, template, language), item.Kind)));
        return knowledge.Concat(reasoning)
            .SelectMany(pair => pair.Question.Tokens.Select(token => (Token: token, pair.Relation)))
            .Where(pair => world.LanguageOf(pair.Token) == language && !concepts.Contains(pair.Token))
            .GroupBy(pair => pair.Token, pair => pair.Relation)
            .Where(group => group.Distinct().Count() == 1 && group.Key != world.AnswerWord(language))
            .ToDictionary(group => group.Key, group => group.First());
    }
}
