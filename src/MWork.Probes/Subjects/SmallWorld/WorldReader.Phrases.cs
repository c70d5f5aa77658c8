using MWork.Probes.Text;

namespace MWork.Probes.Subjects.SmallWorld;

internal sealed partial class WorldReader
{
    private const string Answered = " {answer} {a} .";

    private Dictionary<(string Language, string Slot, string Feature), string[]> ReadForms()
    {
        var forms = new Dictionary<(string Language, string Slot, string Feature), string[]>();
        foreach (WorldTable.Row row in Table("forms.tsv", "language", "slot", "feature", "tokens").Rows)
        {
            string[] tokens = row.Optional("tokens")?.Split(' ') ?? [];
            RequireWords(row, "tokens", tokens, KnownLanguage(row).Code);
            if (!forms.TryAdd((row["language"], row["slot"], row["feature"]), tokens))
            {
                throw row.Error("slot", $"{{{row["slot"]}}} has two forms for '{row["feature"]}'; remove one");
            }
        }

        return forms;
    }

    private List<Relation> ReadRelations(IReadOnlyList<Concept> concepts)
    {
        var relations = new List<Relation>();
        foreach (WorldTable.Row row in Table("relations.tsv", "relation", "entity_categories", "answer_category").Rows)
        {
            string[] categories = row["entity_categories"].Split(',');
            foreach (string category in categories.Append(row["answer_category"]))
            {
                if (!concepts.Any(concept => concept.Category == category))
                {
                    throw row.Error(
                        "category", $"words.tsv has no word of category '{category}'; add some or correct the spelling");
                }
            }

            if (relations.Exists(relation => relation.Id == row["relation"]))
            {
                throw row.Error("relation", $"'{row["relation"]}' is declared twice; remove one of the lines");
            }

            relations.Add(new Relation(
                row["relation"], categories, row["answer_category"], [.. concepts.Where(c => c.Category == row["answer_category"])]));
        }

        return relations;
    }

    private List<Fact> ReadFacts(IReadOnlyList<Relation> relations)
    {
        var facts = new List<Fact>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (WorldTable.Row row in Table("facts.tsv", "entity", "relation", "answer", "held_by", "truth", "split").Rows)
        {
            Relation relation = relations.FirstOrDefault(relation => relation.Id == row["relation"])
                ?? throw row.Error("relation", $"'{row["relation"]}' is not in relations.tsv; add it there or correct the spelling");
            Concept entity = KnownConcept(row, "entity", relation.EntityCategories);
            Concept answer = KnownConcept(row, "answer", [relation.AnswerCategory]);
            string heldBy = row["held_by"];
            if (heldBy != Fact.Everyone && (!_languages.TryGetValue(heldBy, out Language? holder) || holder.VariantOf is not null))
            {
                throw row.Error(
                    "held_by", $"'{heldBy}' is neither 'all' nor a language of its own in languages.tsv; use one of those");
            }

            bool isTrue = OneOf(row, "truth", "true", "invented") == "true";
            Use split = OneOf(row, "split", "selection", "test") == "test" ? Use.Test : Use.Selection;
            var fact = new Fact(entity, relation, answer, heldBy, isTrue, split);
            if (!ids.Add(fact.Id))
            {
                throw row.Error("entity", $"'{entity.Id}' has two answers to '{relation.Id}'; remove one of the rows");
            }

            facts.Add(fact);
        }

        return facts;
    }

    private List<Template> ReadTemplates(IReadOnlyList<Relation> relations, Phrasing phrasing)
    {
        var templates = new List<Template>();
        var texts = new HashSet<string>(StringComparer.Ordinal);
        foreach (WorldTable.Row row in Table("templates.tsv", "relation", "language", "number", "text").Rows)
        {
            Language language = KnownLanguage(row);
            bool reasoning = ReasoningItem.Kinds.Contains(row["relation"], StringComparer.Ordinal);
            if (!reasoning && !relations.Any(relation => relation.Id == row["relation"]))
            {
                throw row.Error(
                    "relation", $"'{row["relation"]}' is neither in relations.tsv nor a kind of reasoning; correct the spelling");
            }

            if (!int.TryParse(row["number"], System.Globalization.CultureInfo.InvariantCulture, out int number))
            {
                throw row.Error("number", $"'{row["number"]}' is not a whole number; number the templates from 1");
            }

            string text = row["text"];
            if (!text.EndsWith(Answered, StringComparison.Ordinal))
            {
                throw row.Error(
                    "text", $"it must end in '{Answered.Trim()}', so that the answer word stands right before the answer");
            }

            string[] question = text[..^Answered.Length].Split(' ');
            if (question.Contains(string.Empty, StringComparer.Ordinal))
            {
                throw row.Error("text", "two spaces stand side by side; separate tokens by one");
            }

            RequireWords(row, "text", question.Where(piece => piece[0] != '{'), language.Code);
            if (phrasing.Problem(language, question, reasoning) is string problem)
            {
                throw row.Error("text", problem);
            }

            var template = new Template(row["relation"], language.Code, number, question);
            if (!texts.Add($"{language.Code} {text}") || templates.Exists(other => other.Id == template.Id))
            {
                throw row.Error("text", "the same wording or number stands in an earlier line; change or remove one");
            }

            templates.Add(template);
        }

        RequireTemplates(relations, templates);
        return templates;
    }

    private void RequireTemplates(IReadOnlyList<Relation> relations, List<Template> templates)
    {
        foreach (Language language in _languages.Values.Where(language => language.VariantOf is null))
        {
            foreach (string relation in relations.Select(relation => relation.Id).Concat(ReasoningItem.Kinds))
            {
                int needed = ReasoningItem.Kinds.Contains(relation, StringComparer.Ordinal) ? World.ReasoningTemplates : World.FactTemplates;
                int found = templates.Count(template => template.Relation == relation && template.Language == language.Code);
                if (found < needed)
                {
                    throw new WorldFormatException(
                        $"templates.tsv: '{relation}' has {found} templates in {language.Name} and needs {needed}; add wordings.");
                }
            }
        }
    }

    private Language KnownLanguage(WorldTable.Row row) =>
        _languages.TryGetValue(row["language"], out Language? language) && language.VariantOf is null
            ? language
            : throw row.Error("language", $"'{row["language"]}' is not a language of its own in languages.tsv; add it there or correct the code");

    private Concept KnownConcept(WorldTable.Row row, string column, IReadOnlyList<string> categories) =>
        !_concepts.TryGetValue(row[column], out Concept? concept)
            ? throw row.Error(column, $"'{row[column]}' is not the id of a word in words.tsv; add it there or correct the spelling")
            : !categories.Contains(concept.Category, StringComparer.Ordinal)
                ? throw row.Error(
                    column, $"'{concept.Id}' is of category '{concept.Category}', but '{row["relation"]}' takes {string.Join(" or ", categories)}")
                : concept;

    private static string OneOf(WorldTable.Row row, string column, string first, string second) =>
        row[column] == first || row[column] == second
            ? row[column]
            : throw row.Error(column, $"'{row[column]}' is neither '{first}' nor '{second}'; use one of those");

    private void RequireWords(WorldTable.Row row, string column, IEnumerable<string> tokens, string code)
    {
        foreach (string token in tokens)
        {
            if (!Vocabulary.Punctuation.Contains(token, StringComparer.Ordinal)
                && (!_seen.TryGetValue(token, out (string Language, int Line) place) || place.Language != code))
            {
                throw row.Error(column, $"'{token}' is not a word of '{code}'; add it to words.tsv or correct the spelling");
            }
        }
    }
}
