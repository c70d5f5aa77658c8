using MWork.Probes.Subjects.SmallWorld;
using Shouldly;

namespace MWork.Regression.Worlds;

/// <summary>Each fault is made in a copy of the world and must come back as one sentence with its place.</summary>
public sealed class MalformedWorldTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("world").FullName;

    public MalformedWorldTests()
    {
        foreach (string file in Directory.GetFiles(SmallWorld.Directory, "*.tsv"))
        {
            File.Copy(file, Path.Combine(_directory, Path.GetFileName(file)));
        }
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("words.tsv", "\tvi\t", "\tvn\t", "words.tsv, line 4, header: the column 'vi' is missing")]
    [InlineData("words.tsv", "\tchat\t", "\tcat\t", "words.tsv, line 5, fr: 'cat' is a word of 'en' already (line 5)")]
    [InlineData("words.tsv", "dog\tanimal\tdog\tchien", "cat\tanimal\tdog\tchien", "words.tsv, line 6, id: 'cat' stands in two rows")]
    [InlineData("words.tsv", "dog\tanimal\tdog\tchien", "dog\tanimal\tdog\t-", "words.tsv, line 6, fr: 'dog' has no word in French")]
    [InlineData("words.tsv", "dog\tanimal\tdog\tchien", "dog\tanimal\tdog chien", "words.tsv, line 6, row: 9 cells stand under 10 columns")]
    [InlineData("words.tsv", "dog\tanimal\tdog\tchien", "dog\tanimal\tdog\tle chien", "words.tsv, line 6, fr: 'le chien' is not one token")]
    [InlineData("words.tsv", "dog\tanimal\tdog\tchien", "dog\tanimal\tdog\t?", "words.tsv, line 6, fr: '?' is reserved")]
    [InlineData("words.tsv", "fr=m vi=con ur=f", "fr=m vi=con ur", "words.tsv, line 5, features: 'ur' is not a new name=value")]
    [InlineData("words.tsv", "fr=m vi=con ur=f", "fr=x vi=con ur=f", "forms.tsv: template home/fr/1 needs a form of {le} for 'cat' with feature fr=x")]
    [InlineData("words.tsv", "value=3", "value=two", "words.tsv, line 303, features: value=two is not a new whole number")]
    [InlineData("words.tsv", "value=3", "value=2", "words.tsv, line 303, features: value=2 is not a new whole number")]
    [InlineData("words.tsv", "\tréponse\t", "\tréplique\t", "languages.tsv, answer_word: 'réponse' is not a word of French")]
    [InlineData("languages.tsv", "fr\tFrench", "en\tFrench", "languages.tsv, line 4, code: the language 'en' is declared twice")]
    [InlineData("languages.tsv", "Latin\tzh", "Latin\tcn", "languages.tsv, line 8, variant_of: 'cn' is not a language")]
    [InlineData("relations.tsv", "\thue", "\thues", "relations.tsv, line 4, category: words.tsv has no word of category 'hues'")]
    [InlineData("relations.tsv", "colour\t", "home\t", "relations.tsv, line 4, relation: 'home' is declared twice")]
    [InlineData("templates.tsv", "the {e} live", "the  {e} live", "templates.tsv, line 4, text: two spaces stand side by side")]
    [InlineData("forms.tsv", "fr\tle\tm\tle", "fr\tle\tm\tel", "forms.tsv, line 3, tokens: 'el' is not a word of 'fr'")]
    [InlineData("forms.tsv", "fr\tle\tf\tla", "fr\tle\tm\tla", "forms.tsv, line 4, slot: {le} has two forms for 'm'")]
    [InlineData("facts.tsv", "cat\thome\t", "unicorn\thome\t", "facts.tsv, line 4, entity: 'unicorn' is not the id of a word")]
    [InlineData("facts.tsv", "cat\thome\t", "red\thome\t", "facts.tsv, line 4, entity: 'red' is of category 'hue', but 'home' takes animal or person")]
    [InlineData("facts.tsv", "cat\thome\t", "cat\thoem\t", "facts.tsv, line 4, relation: 'hoem' is not in relations.tsv")]
    [InlineData("facts.tsv", "dog\thome\t", "cat\thome\t", "facts.tsv, line 5, entity: 'cat' has two answers to 'home'")]
    [InlineData("facts.tsv", "\tvi\tinvented", "\tde\tinvented", "facts.tsv, line 4, held_by: 'de' is neither 'all' nor a language")]
    [InlineData("facts.tsv", "\tvi\tinvented", "\tvi\tmaybe", "facts.tsv, line 4, truth: 'maybe' is neither 'true' nor 'invented'")]
    [InlineData("templates.tsv", "home\ten\t1", "home\tde\t1", "templates.tsv, line 4, language: 'de' is not a language of its own")]
    [InlineData("templates.tsv", "home\ten\t1", "home\ten\tone", "templates.tsv, line 4, number: 'one' is not a whole number")]
    [InlineData("templates.tsv", "home\ten\t2", "home\ten\t1", "templates.tsv, line 5, text: the same wording or number stands in an earlier line")]
    [InlineData("templates.tsv", "the {e} live", "a {e} live", "templates.tsv, line 4, text: 'a' is not a word of 'en'")]
    [InlineData("templates.tsv", "the {e} live", "the live", "templates.tsv, line 4, text: the slot {e} must stand in it once")]
    [InlineData("templates.tsv", "the {e} live", "{the} {e} live", "templates.tsv, line 4, text: the slot {the} has no forms for 'en'")]
    [InlineData("templates.tsv", "live ? {answer} {a} .", "live ? {a} .", "templates.tsv, line 4, text: it must end in '{answer} {a} .'")]
    [InlineData("templates.tsv", "the {e} live ?", "the home of the home of the home of the {e} live ?", "templates.tsv, line 4, text: it can reach 18 tokens")]
    [InlineData("templates.tsv", "home\ten\t1\t", "colour\ten\t7\t", "templates.tsv: 'home' has 5 templates in English and needs 6")]
    public void A_fault_is_named_with_its_place(string file, string original, string fault, string expected)
    {
        string path = Path.Combine(_directory, file);
        string text = File.ReadAllText(path);
        int place = text.IndexOf(original, StringComparison.Ordinal);
        place.ShouldBeGreaterThanOrEqualTo(0);
        File.WriteAllText(path, string.Concat(text.AsSpan(0, place), fault, text.AsSpan(place + original.Length)));
        Message().ShouldStartWith(expected);
    }

    [Fact]
    public void Files_that_are_missing_empty_or_not_utf8_are_named()
    {
        string path = Path.Combine(_directory, "facts.tsv");
        File.WriteAllText(path, "# nothing\n");
        Message().ShouldStartWith("facts.tsv has no header line; start it with entity, relation");
        File.WriteAllBytes(path, [0x65, 0xff, 0x0a]);
        Message().ShouldStartWith("facts.tsv is not UTF-8");
        File.Delete(path);
        Message().ShouldStartWith("facts.tsv cannot be read from");
    }

    private string Message()
    {
        string message = Should.Throw<WorldFormatException>(() => World.Load(_directory)).Message;
        message.ShouldEndWith(".");
        message.ShouldNotContain("\n");
        return message;
    }
}
