using System.Text.Json;
using MWork.Probes.Tokenizers;
using Shouldly;

namespace MWork.Regression.Tokenizers;

public sealed class WordLevelTests : IDisposable
{
    private static readonly string[] Words = ["the", "cat", "猫", "мяу", "chat\u0301", "😀"];
    private readonly string _directory = Directory.CreateTempSubdirectory("mwork-wordlevel").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Ids_are_positions_after_the_special_tokens()
    {
        ITokenizer tokenizer = WordLevelTokenizer.Create(Words);
        tokenizer.VocabularySize.ShouldBe(10);
        (tokenizer.UnknownId, tokenizer.BosId, tokenizer.EosId, tokenizer.PadId).ShouldBe((0, 1, 2, 3));
        tokenizer.Encode("the  cat\tdog\n猫 😀").ShouldBe([1, 4, 5, 0, 6, 9]);
        tokenizer.Encode("the cat", addSpecialTokens: false).ShouldBe([4, 5]);
        tokenizer.Encode("").ShouldBe([1]);
        tokenizer.Encode("the</s>").ShouldBe([1, 4, 2]);
        tokenizer.IdToToken(6).ShouldBe("猫");
        tokenizer.TokenToId("dog").ShouldBeNull();
        tokenizer.IdToToken(10).ShouldBeNull();
    }

    [Fact]
    public void Decoding_joins_with_spaces_and_leaves_special_tokens_out_on_request()
    {
        ITokenizer tokenizer = WordLevelTokenizer.Create(Words);
        int[] ids = tokenizer.Encode("the cat 猫");
        tokenizer.Decode(ids).ShouldBe("the cat 猫");
        tokenizer.Decode(ids, skipSpecialTokens: false).ShouldBe("<s> the cat 猫");
        tokenizer.Decode([-1, 4, 99]).ShouldBe("the");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_saved_loads_as_the_same_tokenizer(bool beginWithBos)
    {
        WordLevelTokenizer made = WordLevelTokenizer.Create(Words, beginWithBos: beginWithBos);
        made.Save(_directory);
        ITokenizer loaded = Tokenizer.Load(_directory);
        const string Text = "the cat <s> nothing мяу chat\u0301 猫";
        loaded.Encode(Text).ShouldBe(made.Encode(Text));
        loaded.Decode(loaded.Encode(Text)).ShouldBe("the cat мяу chat\u0301 猫");
        (loaded.VocabularySize, loaded.BosId, loaded.EosId, loaded.PadId, loaded.UnknownId)
            .ShouldBe((made.VocabularySize, made.BosId, made.EosId, made.PadId, made.UnknownId));
    }

    [Fact]
    public void Special_tokens_that_the_vocabulary_lists_keep_their_place()
    {
        ITokenizer tokenizer = WordLevelTokenizer.Create(
            ["<pad>", "<s>", "a", "<unk>"], new WordLevelSpecialTokens(End: null), beginWithBos: true);
        tokenizer.VocabularySize.ShouldBe(4);
        tokenizer.EosId.ShouldBeNull();
        tokenizer.Encode("a b").ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void The_file_has_every_field_that_the_reference_reader_asks_for()
    {
        string file = Path.Combine(_directory, "tokenizer.json");
        WordLevelTokenizer.Create(Words).Save(file);
        File.Exists(Path.Combine(_directory, "tokenizer_config.json")).ShouldBeFalse();
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
        document.RootElement.EnumerateObject().Select(member => member.Name).ShouldBe(
        [
            "version", "truncation", "padding", "added_tokens", "normalizer", "pre_tokenizer", "post_processor", "decoder", "model",
        ]);
        document.RootElement.GetProperty("post_processor").GetProperty("special_tokens").GetProperty("<s>").GetRawText()
            .Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal)
            .ShouldBe("""{"id":"<s>","ids":[1],"tokens":["<s>"]}""");
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("")]
    [InlineData("the")]
    [InlineData("x<s>")]
    public void A_word_that_could_not_come_back_is_refused(string word) =>
        Should.Throw<ArgumentException>(() => WordLevelTokenizer.Create([.. Words, word])).Message.ShouldContain(word);
}
