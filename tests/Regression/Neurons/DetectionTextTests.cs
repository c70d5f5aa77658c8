using System.Text;
using MWork.Probes.Neurons;
using MWork.Probes.Neurons.Detection;
using MWork.Probes.Text;
using MWork.Probes.Tokenizers;
using MWork.Regression.Checkpoints;
using Shouldly;

namespace MWork.Regression.Neurons;

public sealed class DetectionTextTests : IDisposable
{
    private static readonly WordLevelTokenizer s_tokenizer = WordLevelTokenizer.Create(["a", "b", "c", "d"]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Documents_are_lines_as_many_of_each_language_and_take_turns()
    {
        Write("en.txt", "a b\n\na b\r\n  \nb c d a\nc");
        Write("fr.txt", "d\nc d\n");
        Write("notes.md", "not text");
        IReadOnlyList<Document> documents = DetectionText.Read(_folder.Path, s_tokenizer, tokens: 4);
        documents.Select(document => $"{document.Language.Code} {string.Join(' ', document.Tokens)}")
            .ShouldBe(["en <s> a b", "fr <s> d", "en <s> b c d", "fr <s> c d"]);
        DetectionText.Read(_folder.Path, s_tokenizer, 4, documents: 1).Count.ShouldBe(2);
        DetectionText.Languages(_folder.Path).ShouldBe(["en", "fr"]);
    }

    [Fact]
    public void What_cannot_be_used_is_named()
    {
        Refuses("there is no such folder", Path.Combine(_folder.Path, "nowhere"));
        Refuses("holds no .txt file", _folder.Path);
        Write("english.txt", "a");
        Refuses("'english' is no language's code", _folder.Path);
        File.Delete(_folder.File("english.txt"));
        Write("en.txt", "a\nb");
        Write("zh-Hant.txt", "\n");
        Refuses("zh-Hant.txt: has 0 different lines of text, and 1 are wanted", _folder.Path);
        Write("zh-Hant.txt", "c");
        Should.Throw<NeuronFileException>(() => DetectionText.Read(_folder.Path, s_tokenizer, 4, documents: 2)).Message
            .ShouldContain("zh-Hant.txt: has 1 different lines of text, and 2 are wanted");
        File.WriteAllBytes(_folder.File("en.txt"), [.. Encoding.UTF8.GetBytes("a\nb\n"), 0xFF, 0xFE, (byte)'\n']);
        Refuses("en.txt: is not UTF-8", _folder.Path);
    }

    private void Write(string name, string text) => File.WriteAllText(_folder.File(name), text);

    private static void Refuses(string sentence, string folder) =>
        Should.Throw<NeuronFileException>(() => DetectionText.Read(folder, s_tokenizer, 4)).Message.ShouldContain(sentence);
}
