using System.Text;
using System.Text.Json.Nodes;
using MWork.Probes.Tokenizers;
using MWork.Probes.Tokenizers.Patterns;
using MWork.Probes.Tokenizers.Pipeline;
using Shouldly;

namespace MWork.Regression.Tokenizers;

/// <summary>What goes wrong says so in one sentence that names the file, the field and, if it applies, what is supported.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mwork-faults").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_missing_file_is_named()
    {
        string path = Path.Combine(_directory, "nowhere");
        Should.Throw<FileNotFoundException>(() => Tokenizer.Load(path)).Message
            .ShouldBe($"No tokenizer: there is no file or directory '{path}'.");
        Should.Throw<FileNotFoundException>(() => Tokenizer.Load(_directory)).Message
            .ShouldBe($"No tokenizer: '{_directory}' holds neither tokenizer.json nor tokenizer.model.");
    }

    [Fact]
    public void A_file_of_another_kind_is_refused()
    {
        string path = Path.Combine(_directory, "vocab.txt");
        File.WriteAllText(path, "the");
        Should.Throw<TokenizerFormatException>(() => Tokenizer.Load(path)).Message
            .ShouldBe($"{path}: name: not supported; supported: *.json, *.model.");
    }

    [Theory]
    [InlineData("model.type", "\"WordPiece\"", "t.json: model: model 'WordPiece' is not supported; supported: BPE, WordLevel.")]
    [InlineData("model.type", "7", "t.json: model.type: expected a string, found 7.")]
    [InlineData("model.vocab", "null", "t.json: model: the field 'vocab' is missing.")]
    [InlineData("model.vocab", """{"a":0,"b":0}""", "t.json: model.vocab: the id 0 belongs to both 'a' and 'b'.")]
    [InlineData("model.vocab", """{"a":-1}""", "t.json: model.vocab: expected an integer of at least 0, found -1.")]
    [InlineData("model.merges", """[["a","zz"]]""",
        "t.json: model.merges[0]: the merge names 'zz', which is not in model.vocab.")]
    [InlineData("model.merges", """["a b c"]""", "t.json: model.merges[0]: a merge must name two tokens.")]
    [InlineData("model.merges", """[["a","c"]]""", "t.json: model.merges[0]: the merge names 'ac', which is not in model.vocab.")]
    [InlineData("model.unk_token", "\"<unk>\"", "t.json: model.unk_token: the token '<unk>' is not in model.vocab.")]
    [InlineData("model.dropout", "0.1", "t.json: model.dropout: BPE dropout is not supported; supported: null or 0.")]
    [InlineData("version", "\"2.0\"", "t.json: version: format version '2.0' is not supported; supported: 1.0.")]
    [InlineData("normalizer", """{"type":"Bert"}""",
        "t.json: normalizer: normalizer 'Bert' is not supported; supported: Sequence, Prepend, Replace, NFC, NFD, NFKC, "
        + "NFKD, Lowercase, Strip, StripAccents, Nmt, ByteLevel, Precompiled.")]
    [InlineData("pre_tokenizer", """{"type":"UnicodeScripts"}""",
        "t.json: pre_tokenizer: pre-tokenizer 'UnicodeScripts' is not supported; supported: Sequence, Split, ByteLevel, "
        + "Metaspace, Whitespace, WhitespaceSplit, Digits, Punctuation, CharDelimiterSplit.")]
    [InlineData("decoder", """{"type":"WordPiece"}""",
        "t.json: decoder: decoder 'WordPiece' is not supported; supported: Sequence, ByteLevel, Metaspace, Replace, "
        + "ByteFallback, Fuse, Strip, BPEDecoder.")]
    [InlineData("post_processor", """{"type":"BertProcessing"}""",
        "t.json: post_processor: post-processor 'BertProcessing' is not supported; supported: TemplateProcessing, "
        + "ByteLevel, Sequence.")]
    [InlineData("added_tokens", """[{"id":0,"content":"<s>"}]""",
        "t.json: added_tokens[0]: the id 0 of '<s>' belongs to 'a' in model.vocab.")]
    [InlineData("added_tokens", """[{"id":9,"content":"a"}]""",
        "t.json: added_tokens[0]: 'a' has id 9 here and 0 in model.vocab.")]
    [InlineData("added_tokens", """[{"id":9,"content":"x"},{"id":9,"content":"y"}]""",
        "t.json: added_tokens[1]: the id 9 belongs to both 'x' and 'y'.")]
    public void A_field_that_cannot_be_used_is_named(string field, string value, string message)
    {
        JsonNode file = JsonNode.Parse("""{"version":"1.0","model":{"type":"BPE","vocab":{"a":0,"b":1,"ab":2,"c":3},"merges":[["a","b"]]}}""")!;
        TokenizerJson.Read("t.json", Encoding.UTF8.GetBytes(file.ToJsonString()), SpecialTokenNames.None).Encode("abc").ShouldBe([2, 3]);
        string[] path = field.Split('.');
        JsonNode target = path.Length == 1 ? file : file[path[0]]!;
        target[path[^1]] = JsonNode.Parse(value);
        Should.Throw<TokenizerFormatException>(
            () => TokenizerJson.Read("t.json", Encoding.UTF8.GetBytes(file.ToJsonString()), SpecialTokenNames.None)).Message.ShouldBe(message);
    }

    [Fact]
    public void A_token_that_stands_twice_is_refused() =>
        Should.Throw<TokenizerFormatException>(() => TokenizerJson.Read(
                "t.json", """{"model":{"type":"BPE","vocab":{"a":0,"a":1},"merges":[]}}"""u8.ToArray(), SpecialTokenNames.None))
            .Message.ShouldBe("t.json: model.vocab: the token 'a' stands there twice.");

    [Theory]
    [InlineData(@"(a)\1", "the escape \\1")]
    [InlineData(@"\p{Greek}", "the property 'Greek'")]
    [InlineData(@"(a?)*", "a repeated group that can match nothing")]
    [InlineData(@"[a", "']' is missing")]
    [InlineData(@"(a", "')' is missing")]
    [InlineData(@"a)", "an unmatched ')'")]
    [InlineData(@"[z-a]", "a range that runs backwards")]
    [InlineData(@"(?<=a+)b", "a look-behind of varying length")]
    [InlineData(@"*a", "a quantifier with nothing to repeat")]
    [InlineData(@"[[:alpha:]]", "POSIX brackets")]
    public void A_pattern_that_is_not_supported_says_which_part(string pattern, string part) =>
        Should.Throw<FormatException>(() => new Pattern(pattern)).Message.ShouldContain(part);

    [Fact]
    public void A_pattern_that_backtracks_without_end_gives_up() =>
        Should.Throw<InvalidOperationException>(() => new Pattern("(?:a+)+b").FindAll(new string('a', 40), []))
            .Message.ShouldContain("backtracks too much");
}
