using System.Globalization;
using MWork.Probes.Text;

namespace MWork.Probes.Subjects.SmallWorld;

/// <summary>Reads and checks the files of a world: here languages and words, in the other half what is said with them.</summary>
internal sealed partial class WorldReader
{
    private readonly string _directory;
    private readonly List<string> _hashes = [];
    private readonly Dictionary<string, Language> _languages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _answerWords = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Concept> _concepts = new(StringComparer.Ordinal);

    private readonly HashSet<int> _numbers = [];

    /// <summary>Where each word was first seen, for the message on its second sight.</summary>
    private readonly Dictionary<string, (string Language, int Line)> _seen = new(StringComparer.Ordinal);

    private WorldReader(string directory)
    {
        _directory = directory;
    }

    public static World Read(string directory)
    {
        var reader = new WorldReader(directory);
        IReadOnlyList<Language> languages = reader.ReadLanguages();
        IReadOnlyList<Concept> concepts = reader.ReadConcepts();
        var phrasing = new Phrasing(languages, concepts, reader._answerWords, reader.ReadForms());
        IReadOnlyList<Relation> relations = reader.ReadRelations(concepts);
        IReadOnlyList<Template> templates = reader.ReadTemplates(relations, phrasing);
        return new World(
            languages, concepts, relations, reader.ReadFacts(relations), templates, phrasing, ContentHash.Combine(reader._hashes));
    }

    private WorldTable Table(string file, params IEnumerable<string> columns)
    {
        var table = WorldTable.Read(_directory, file, columns);
        _hashes.Add(table.Hash);
        return table;
    }

    private List<Language> ReadLanguages()
    {
        WorldTable table = Table("languages.tsv", "code", "name", "own_name", "script", "variant_of", "answer_word");
        foreach (WorldTable.Row row in table.Rows)
        {
            var language = new Language(row["code"], row["name"], row["own_name"], row["script"], row.Optional("variant_of"));
            if (!_languages.TryAdd(language.Code, language))
            {
                throw row.Error("code", $"the language '{language.Code}' is declared twice; remove one of the lines");
            }

            Claim(row, "own_name", language.OwnName, language.Code);
            _answerWords.Add(language.Code, row["answer_word"]);
        }

        foreach (WorldTable.Row row in table.Rows)
        {
            if (row.Optional("variant_of") is string other && !_languages.ContainsKey(other))
            {
                throw row.Error("variant_of", $"'{other}' is not a language of this file; declare it or write '-'");
            }
        }

        return [.. _languages.Values];
    }

    private List<Concept> ReadConcepts()
    {
        WorldTable table = Table("words.tsv", ["id", "category", .. _languages.Keys, "features"]);
        var concepts = new List<Concept>();
        foreach (WorldTable.Row row in table.Rows)
        {
            var words = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (string code in _languages.Keys)
            {
                if (row.Optional(code) is string word)
                {
                    Claim(row, code, word, code);
                    words.Add(code, word);
                }
                else if (row["category"] != Concept.Function)
                {
                    throw row.Error(
                        code, $"'{row["id"]}' has no word in {_languages[code].Name}; every word but function words needs one in each language");
                }
            }

            var concept = new Concept(row["id"], row["category"], concepts.Count, words, ReadFeatures(row));
            if (!_concepts.TryAdd(concept.Id, concept))
            {
                throw row.Error("id", $"'{concept.Id}' stands in two rows; rename or remove one");
            }

            concepts.Add(concept);
        }

        foreach ((string code, string word) in _answerWords)
        {
            if (!_seen.TryGetValue(word, out (string Language, int Line) place) || place.Language != code)
            {
                throw new WorldFormatException(
                    $"languages.tsv, answer_word: '{word}' is not a word of {_languages[code].Name}; add it to words.tsv.");
            }
        }

        return concepts;
    }

    private Dictionary<string, string> ReadFeatures(WorldTable.Row row)
    {
        var features = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string pair in (row.Optional("features") ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = pair.Split('=');
            if (parts.Length != 2 || !features.TryAdd(parts[0], parts[1]))
            {
                throw row.Error("features", $"'{pair}' is not a new name=value; separate features by spaces");
            }
        }

        // Two words of one value would make two right answers to one sum.
        if (features.TryGetValue("value", out string? value)
            && (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || !_numbers.Add(number)))
        {
            throw row.Error("features", $"value={value} is not a new whole number; give each number word a value of its own");
        }

        return features;
    }

    /// <summary>Takes a word for one language; a second taker is what would make its language ambiguous.</summary>
    private void Claim(WorldTable.Row row, string column, string word, string code)
    {
        // A combining mark means decomposed letters: the same word would then have two spellings and two hashes.
        if (word.Length == 0 || word.Any(c => char.IsWhiteSpace(c) || c is '{' or (>= '\u0300' and <= '\u036f')))
        {
            throw row.Error(column, $"'{word}' is not one token in composed letters (NFC); join its syllables with '_'");
        }

        if (Vocabulary.Special.Contains(word, StringComparer.Ordinal) || Vocabulary.Punctuation.Contains(word, StringComparer.Ordinal))
        {
            throw row.Error(column, $"'{word}' is reserved for all languages; choose another word");
        }

        if (!_seen.TryAdd(word, (code, row.Line)))
        {
            (string language, int line) = _seen[word];
            throw row.Error(
                column, $"'{word}' is a word of '{language}' already (line {line}); a word must belong to one language and one meaning");
        }
    }
}
