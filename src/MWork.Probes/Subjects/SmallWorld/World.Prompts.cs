using MWork.Probes.Text;

namespace MWork.Probes.Subjects.SmallWorld;

public sealed partial class World
{
    /// <summary>
    /// The prompts that score a language: one per test fact that <paramref name="heldBy"/> names. Lists of two languages are
    /// parallel: the same fact stands at the same place.
    /// </summary>
    /// <param name="heldBy"><see cref="Fact.Everyone"/>, <see cref="Fact.PivotOnly"/> or a language code; null for all
    /// facts.</param>
    /// <param name="use"><see cref="Use.Test"/>, or <see cref="Use.Selection"/> for prompts that tune a procedure.</param>
    public IReadOnlyList<Prompt> TestPrompts(Language language, string? heldBy = Fact.Everyone, Use use = Use.Test) =>
        [.. FactsFor(use).Where(fact => heldBy is null || fact.HeldBy == heldBy).Select(fact => Prompt(fact, language, use))];

    /// <summary>The same facts asked in several languages: one dictionary by language code per fact.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, Prompt>> ParallelPrompts(
        IReadOnlyList<Language> languages, string? heldBy = Fact.Everyone, Use use = Use.Test) =>
        [.. FactsFor(use).Where(fact => heldBy is null || fact.HeldBy == heldBy).Select(fact =>
            languages.ToDictionary(language => language.Code, language => Prompt(fact, language, use), StringComparer.Ordinal))];

    /// <summary>Reasoning prompts, one per number pair; a hash picks the wording. Every number word is a candidate.</summary>
    /// <param name="kind">One of <see cref="ReasoningItem.Kinds"/>; null for all.</param>
    public IReadOnlyList<Prompt> ReasoningPrompts(Language language, Use use = Use.Test, string? kind = null)
    {
        string[] candidates = [.. Numbers.Select(number => number.In(language))];
        return [.. Reasoning.Where(item => item.Use == use && (kind is null || item.Kind == kind)).Select(item =>
        {
            IReadOnlyList<Template> templates = TemplatesFor(item, language);
            Template template = templates[(int)(ContentHash.Fraction($"{item.Id} wording") * templates.Count)];
            return new Prompt
            {
                Tokens = Words(item, template, language),
                Answer = item.Answer.In(language),
                Candidates = candidates,
                Kind = TaskKind.Reasoning,
                Relation = item.Kind,
                Language = language,
                AnswerLanguage = language,
                Fact = item.Id,
                Template = template.Id,
            };
        })];
    }

    /// <summary>Words to translate that are reserved for a use; the words of the same category are the candidates.</summary>
    public IReadOnlyList<Prompt> TranslationPrompts(Language from, Language to, Use use = Use.Test) =>
        [.. Translatable.Where(concept => UseOfTranslation(concept, from, to) == use).Select(concept => new Prompt
        {
            Tokens = [.. Translation(concept, from, to).Tokens.SkipLast(2)],
            Answer = concept.In(to),
            Candidates = [.. Concepts.Where(other => other.Category == concept.Category).Select(other => other.In(to))],
            Kind = TaskKind.Translation,
            Relation = "translation",
            Language = from,
            AnswerLanguage = to,
            Fact = concept.Id,
            Template = "translation",
        })];

    private IEnumerable<Fact> FactsFor(Use use) => use is Use.Selection or Use.Test
        ? Facts.Where(fact => fact.Split == use)
        : throw new ArgumentException("Only selection and test have facts of their own; ask for one of those.", nameof(use));
}
