using MWork.Probes.Neurons;
using MWork.Probes.Text;
using MWork.Probes.Tokenizers;
using MWork.Testing;
using Shouldly;

namespace MWork.Regression.Text;

/// <summary>Text of several languages comes from a folder, whatever of the known shapes each file has.</summary>
public sealed class TextFolderTests : IDisposable
{
    private static readonly string s_samples = Repository.Fixture("text", "samples", "corpus");
    private readonly string _folder = Directory.CreateTempSubdirectory("mwork-text").FullName;

    [Fact]
    public void A_file_or_a_folder_per_language_is_read()
    {
        var folder = TextFolder.Open(s_samples);
        folder.Languages.ShouldBe(["en", "fr", "vi", "zh"]);
        folder.Languages.ShouldAllBe(code => folder.Documents(code).Count == 3);
        folder.Documents("vi")[0].Text.ShouldBe("Phà rời bến lúc trưa,\nvà không ai biết khi nào nó quay lại.");
        folder.Documents("zh")[1].Text.ShouldBe("木匠在下雨之前修好了屋顶。");
        folder.Documents("fr")[2].Place.ShouldEndWith("fr.jsonl, line 3");
    }

    [Theory]
    [InlineData("fr.txt", "fr")]
    [InlineData("newstest2019-ref.zho-CN.txt", "zho-CN")]
    [InlineData("mgsm_zh.tsv", "zh")]
    [InlineData("test.et.jsonl", "et")]
    public void A_file_s_name_ends_in_its_language(string file, string code) => TextFolder.CodeOf(file).ShouldBe(code);

    [Theory]
    [InlineData("one\ntwo\n", "one", "two")]
    [InlineData("one\ntwo", "one", "two")]
    [InlineData("\uFEFFone\r\ntwo\r\n", "one", "two")]
    [InlineData("one\n\n  \ntwo\n\n", "one", "two")]
    [InlineData("one\u2028still\u0085one\rtoo\ntwo\n", "one\u2028still\u0085one\rtoo", "two")]
    [InlineData("one\ntwo\none\n two \n", "one", "two")]
    [InlineData("\"one\" \ttab\n", "\"one\" \ttab")]
    public void Lines_are_documents(string content, params string[] documents)
    {
        File.WriteAllText(In("en.txt"), content);
        TextSource.Open("en", In("en.txt")).Documents.Select(document => document.Text).ShouldBe(documents);
    }

    [Fact]
    public void What_was_dropped_as_repeated_is_counted()
    {
        File.WriteAllText(In("en.txt"), "one\ntwo\none\none\n");
        TextSource.Open("en", In("en.txt")).Repeated.ShouldBe(2);
    }

    [Theory]
    [InlineData("en.txt", "", "is empty")]
    [InlineData("en.txt", "\n \n", "no row")]
    [InlineData("en.jsonl", "{\"text\": \"one\"}\n{\"text\": \n", "line 2", "not JSON")]
    [InlineData("en.jsonl", "{\"body\": \"one\"}\n", "line 1", "'text' is missing")]
    [InlineData("en.jsonl", "{\"text\": 1}\n", "line 1", "must be text")]
    [InlineData("en.jsonl", "[1]\n", "line 1", "must be a JSON object")]
    [InlineData("en.jsonl", "{\"text\": \"\\ud800\"}\n", "line 1", "half a character")]
    [InlineData("en.jsonl", "{\"text\": \" \"}\n", "line 1", "is empty")]
    [InlineData("en.tsv", "id\tbody\n1\tone\n", "line 1", "no column 'text'")]
    [InlineData("en.tsv", "id\ttext\n1\tone\ttwo\n", "line 2", "3 cells")]
    [InlineData("en.tsv", "id\ttext\n", "no row")]
    public void What_cannot_be_read_is_named(string file, string content, params string[] words)
    {
        File.WriteAllText(In(file), content);
        string message = Should.Throw<TextFormatException>(() => TextFolder.Open(_folder)).Message;
        message.ShouldContain(file);
        message.ShouldNotContain("Exception");
        words.ShouldAllBe(word => message.Contains(word, StringComparison.Ordinal), message);
    }

    [Fact]
    public void Another_encoding_is_named_with_its_line()
    {
        File.WriteAllBytes(In("fr.txt"), [.. "abc\nd"u8, 0xE9, (byte)'\n']);
        Should.Throw<TextFormatException>(() => TextFolder.Open(_folder)).Message.ShouldContain("fr.txt, line 2: these bytes are not UTF-8");
        File.WriteAllText(In("fr.txt"), "abc\n", System.Text.Encoding.Unicode);
        Should.Throw<TextFormatException>(() => TextFolder.Open(_folder)).Message.ShouldContain("UTF-16");
    }

    [Fact]
    public void A_lenient_reader_counts_what_it_skips()
    {
        File.WriteAllText(In("en.jsonl"), "{\"text\": \"one\"}\n{\"text\"\n\n{\"text\": \"two\"}\n");
        var malformed = MalformedRows.Lenient();
        TextFolder.Open(_folder, malformed: malformed).Documents("en").Select(document => document.Text).ShouldBe(["one", "two"]);
        malformed.Skipped.ShouldHaveSingleItem().Line.ShouldBe(2);
    }

    [Fact]
    public void A_language_that_is_not_there_or_there_twice_is_named()
    {
        Should.Throw<TextFormatException>(() => TextFolder.Open(In("nowhere"))).Message.ShouldContain("nowhere");
        Should.Throw<TextFormatException>(() => TextFolder.Open(_folder)).Message.ShouldContain("holds no text");
        File.WriteAllText(In("en.txt"), "one\n");
        Should.Throw<TextFormatException>(() => TextFolder.Open(_folder, languages: ["en", "fr"])).Message.ShouldContain("no text for 'fr'");
        File.WriteAllText(In("old_en.txt"), "one\n");
        Should.Throw<TextFormatException>(() => TextFolder.Open(_folder)).Message.ShouldContain("'en' twice");
    }

    [Theory]
    [InlineData("llama2")]
    [InlineData("llama3")]
    [InlineData("qwen2")]
    [InlineData("gemma")]
    [InlineData("bloom")]
    [InlineData("sentencepiece-unigram")]
    public void A_cut_document_has_the_tokenizer_s_own_ids(string name)
    {
        ITokenizer tokenizer = Tokenizer.Load(Repository.Fixture("golden", "tokenizers", name));
        var folder = TextFolder.Open(s_samples);
        foreach (string code in folder.Languages)
        {
            string[] whole = [.. folder.Documents(code).Select(document => string.Join(' ', tokenizer.Encode(document.Text).Take(7))).Distinct()];
            tokenizer.Cut(Language.OfCode(code), folder.Documents(code), tokens: 7)
                .Select(document => string.Join(' ', tokenizer.Encode(document))).ShouldBe(whole);
        }
    }

    [Fact]
    public void Documents_that_are_equal_where_they_are_cut_come_once()
    {
        ITokenizer tokenizer = Tokenizer.Load(Repository.Fixture("golden", "tokenizers", "qwen2"));
        TextDocument[] documents = [new("en", "the same and more", "here"), new("en", "the same and then", "here"), new("en", "else", "here")];
        tokenizer.Cut(Language.OfCode("en"), documents, tokens: 1).Count().ShouldBe(2);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string In(string file) => Path.Combine(_folder, file);
}
