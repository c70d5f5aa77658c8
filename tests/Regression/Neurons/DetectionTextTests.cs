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
        IReadOnlyList<Document> documents = Read(tokens: 4);
        documents.Select(document => $"{document.Language.Code} {string.Join(' ', document.Tokens)}")
            .ShouldBe(["en <s> a b", "fr <s> d", "en <s> b c d", "fr <s> c d"]);
        Read(4, documents: 1).Count.ShouldBe(2);
    }

    [Fact]
    public void A_language_with_too_little_text_is_named()
    {
        Write("en.txt", "a\nb");
        Write("fr.txt", "a b c\na b d");
        Should.Throw<TextFormatException>(() => Read(tokens: 3, documents: 2)).Message
            .ShouldContain("fr.txt: has 1 documents that differ in their first 3 tokens, and 2 are wanted");
    }

    private IReadOnlyList<Document> Read(int tokens, int? documents = null) =>
        DetectionText.Read(TextFolder.Open(_folder.Path).Sources, s_tokenizer, tokens, documents);

    private void Write(string name, string text) => File.WriteAllText(_folder.File(name), text);
}
