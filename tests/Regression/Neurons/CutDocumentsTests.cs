using MWork.Probes.Neurons;
using MWork.Probes.Text;
using MWork.Probes.Tokenizers;
using Shouldly;

namespace MWork.Regression.Neurons;

public sealed class CutDocumentsTests
{
    private static readonly WordLevelTokenizer s_tokenizer = WordLevelTokenizer.Create(["a", "b", "c"]);
    private static readonly Language s_language = new("en", "English", "English", "Latin");

    [Fact]
    public void Documents_are_cut_and_those_that_are_the_same_up_to_there_come_once() =>
        Cut(3, "a b c", "b", "a b", "a b a").ShouldBe(["<s> a b", "<s> b"]);

    [Fact]
    public void What_holds_nothing_but_special_tokens_is_no_document() =>
        Cut(3, "", "a", " \n").ShouldBe(["<s> a"]);

    /// <summary>Two texts of other words and one reading are one document, where tokens and not letters are compared.</summary>
    [Fact]
    public void What_reads_the_same_is_the_same() =>
        Cut(8, "a  b", "a b", "a\tb").ShouldBe(["<s> a b"]);

    [Theory, InlineData(0), InlineData(-1)]
    public void No_tokens_make_no_documents(int tokens) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Cut(tokens, "a"));

    private static string[] Cut(int tokens, params string[] texts) =>
        [.. s_tokenizer.Cut(s_language, texts.Select((text, i) => new TextDocument("en", text, $"line {i}")), tokens).Select(document => string.Join(' ', document.Tokens))];
}
