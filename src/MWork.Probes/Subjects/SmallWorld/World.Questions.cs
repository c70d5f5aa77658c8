using MWork.Probes.Text;

namespace MWork.Probes.Subjects.SmallWorld;

public sealed partial class World
{
    /// <summary>
    /// The wordings of a fact in a language that are reserved for a use: three train, one each selects, tests and is spare. The
    /// hash of (fact, wording) deals them, so every wording trains with some facts and tests with others: what a test string
    /// lacks in training is the string, not its wording. A variant in another script has its base language's deal, so the two
    /// stay parallel.
    /// </summary>
    public IReadOnlyList<Template> TemplatesFor(Fact fact, Language language, Use use)
    {
        Template[] dealt = [.. _templates[(fact.Relation.Id, language.BaseCode)]
            .OrderBy(template => ContentHash.Fraction($"{fact.Id} {template.Id}"))];
        return use switch
        {
            Use.Train => dealt[..TrainTemplates],
            Use.Selection => [dealt[TrainTemplates]],
            Use.Test => [dealt[TrainTemplates + 1]],
            Use.Spare => dealt[(TrainTemplates + 2)..],
            _ => throw new ArgumentOutOfRangeException(nameof(use), use, "Not a use of text."),
        };
    }

    /// <summary>The first string of a fact in a language that is reserved for a use.</summary>
    public Sentence Question(Fact fact, Language language, Use use) => Questions(fact, language, use)[0];

    /// <summary>All strings of a fact in a language that are reserved for a use.</summary>
    public IReadOnlyList<Sentence> Questions(Fact fact, Language language, Use use) =>
        [.. TemplatesFor(fact, language, use).Select(template => Say(fact, template, language, language))];

    /// <summary>The prompt of a fact in a language that is reserved for a use.</summary>
    /// <param name="answerLanguage">The language to answer in, behind its answer word; the question's own where null.</param>
    public Prompt Prompt(Fact fact, Language language, Use use, Language? answerLanguage = null) =>
        Ask(fact, TemplatesFor(fact, language, use)[0], language, answerLanguage ?? language);

    /// <summary>
    /// The prompts of a fact in every wording but the test one: at least three for finding its knowledge neurons, to be scored on
    /// the test prompt.
    /// </summary>
    public IReadOnlyList<Prompt> Paraphrases(Fact fact, Language language)
    {
        IEnumerable<Template> templates = new[] { Use.Train, Use.Selection, Use.Spare }.SelectMany(use => TemplatesFor(fact, language, use));
        return [.. templates.Select(template => Ask(fact, template, language, language))];
    }

    /// <summary>The question and answer of a reasoning item in one of its wordings.</summary>
    public Sentence Question(ReasoningItem item, Template template, Language language) => new()
    {
        Tokens = Close(Words(item, template, language), item.Answer.In(language)),
        Kind = TaskKind.Reasoning,
        Language = language,
        AnswerLanguage = language,
        Fact = item.Id,
        Template = template.Id,
    };

    /// <summary>The wordings of a kind of reasoning in a language.</summary>
    public IReadOnlyList<Template> TemplatesFor(ReasoningItem item, Language language) => _templates[(item.Kind, language.BaseCode)];

    internal Sentence Say(Fact fact, Template template, Language language, Language answerLanguage) => new()
    {
        Tokens = Close(_phrasing.Question(template, language, answerLanguage, ("e", fact.Entity)), fact.Answer.In(answerLanguage)),
        Kind = TaskKind.Knowledge,
        Language = language,
        AnswerLanguage = answerLanguage,
        Fact = fact.Id,
        Template = template.Id,
    };

    internal Sentence Translation(Concept concept, Language from, Language to, bool named = true) => new()
    {
        Tokens = named
            ? [from.OwnName, concept.In(from), "=", to.OwnName, concept.In(to), "."]
            : [concept.In(from), "=", concept.In(to), "."],
        Kind = TaskKind.Translation,
        Language = from,
        AnswerLanguage = to,
        Fact = concept.Id,
        Template = "translation",
    };

    private Prompt Ask(Fact fact, Template template, Language language, Language answerLanguage) => new()
    {
        Tokens = _phrasing.Question(template, language, answerLanguage, ("e", fact.Entity)),
        Answer = fact.Answer.In(answerLanguage),
        Candidates = [.. fact.Relation.Answers.Select(answer => answer.In(answerLanguage))],
        Kind = TaskKind.Knowledge,
        Relation = fact.Relation.Id,
        Language = language,
        AnswerLanguage = answerLanguage,
        Fact = fact.Id,
        Template = template.Id,
    };

    private IReadOnlyList<string> Words(ReasoningItem item, Template template, Language language) =>
        _phrasing.Question(template, language, language, ("x", item.X), ("y", item.Y));

    private static string[] Close(IReadOnlyList<string> question, string answer) => [.. question, answer, "."];
}
