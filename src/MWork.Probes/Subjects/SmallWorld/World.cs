using MWork.Probes.Text;

namespace MWork.Probes.Subjects.SmallWorld;

/// <summary>
/// A closed world of facts told in several languages, small enough to train on a laptop and known to the last string: who holds
/// which fact, and which strings trained, selected and test. Read from text files (<c>fixtures/world</c>, see its README).
/// </summary>
/// <remarks>No string belongs to two languages but the punctuation, so the language of a token is never in doubt.</remarks>
public sealed partial class World
{
    /// <summary>Wordings that a relation needs per language: three to train, one each to select, to test and to spare.</summary>
    public const int FactTemplates = TrainTemplates + 3;

    /// <summary>Wordings that a kind of reasoning needs per language; number pairs are split, not wordings.</summary>
    public const int ReasoningTemplates = 3;

    private const int TrainTemplates = 3;

    private readonly Phrasing _phrasing;
    private readonly Dictionary<string, Language> _languageByCode;
    private readonly Dictionary<string, Concept> _conceptById;
    private readonly Dictionary<(string Relation, string Language), Template[]> _templates;

    internal World(
        IReadOnlyList<Language> languages,
        IReadOnlyList<Concept> concepts,
        IReadOnlyList<Relation> relations,
        IReadOnlyList<Fact> facts,
        IReadOnlyList<Template> templates,
        Phrasing phrasing,
        string hash)
    {
        Languages = languages;
        Concepts = concepts;
        Relations = relations;
        Facts = facts;
        Templates = templates;
        Hash = hash;
        Vocabulary = new Vocabulary(languages, concepts);
        _phrasing = phrasing;
        _languageByCode = languages.ToDictionary(language => language.Code, StringComparer.Ordinal);
        _conceptById = concepts.ToDictionary(concept => concept.Id, StringComparer.Ordinal);
        _templates = templates.GroupBy(t => (t.Relation, t.Language)).ToDictionary(group => group.Key, group => group.ToArray());
        RequireForms();
        Numbers = [.. concepts.Where(concept => concept.Feature("value") is not null)];
        Reasoning = [.. MakeReasoning()];
    }

    /// <summary>In file order; variants in another script among them.</summary>
    public IReadOnlyList<Language> Languages { get; }

    public IReadOnlyList<Concept> Concepts { get; }

    public IReadOnlyList<Relation> Relations { get; }

    public IReadOnlyList<Fact> Facts { get; }

    public IReadOnlyList<Template> Templates { get; }

    /// <summary>The concepts that mean a number.</summary>
    public IReadOnlyList<Concept> Numbers { get; }

    /// <summary>Every question that number words allow, with its use.</summary>
    public IReadOnlyList<ReasoningItem> Reasoning { get; }

    public Vocabulary Vocabulary { get; }

    /// <summary>Changes with any file of the world.</summary>
    public string Hash { get; }

    /// <summary>Reads the TSV files of a directory.</summary>
    /// <exception cref="WorldFormatException">A file is missing or does not fit the others; one sentence says where and what to
    /// do.</exception>
    public static World Load(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        return WorldReader.Read(directory);
    }

    /// <summary>The language of that code.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public Language Language(string code) => _languageByCode.TryGetValue(code, out Language? language)
        ? language
        : throw new ArgumentException($"'{code}' is not a language of this world; it has {string.Join(", ", _languageByCode.Keys)}.", nameof(code));

    /// <summary>The concept of that id.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public Concept Concept(string id) => _conceptById.TryGetValue(id, out Concept? concept)
        ? concept
        : throw new ArgumentException($"'{id}' is not the id of a word of this world (words.tsv).", nameof(id));

    /// <summary>The language of a token; null for the tokens that all languages share and for unknown ones.</summary>
    public Language? LanguageOf(string token) => Vocabulary.LanguageOf(token);

    /// <summary>The word that announces an answer in that language.</summary>
    public string AnswerWord(Language language) => _phrasing.AnswerWord(language);

    private void RequireForms()
    {
        foreach (Fact fact in Facts)
        {
            foreach (Template template in Templates.Where(template => template.Relation == fact.Relation.Id))
            {
                if (_phrasing.MissingForm(template, fact.Entity) is string problem)
                {
                    throw new WorldFormatException($"forms.tsv: {problem}; add the form, or correct the feature in words.tsv.");
                }
            }
        }
    }
}
