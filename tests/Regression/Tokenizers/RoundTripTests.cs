using MWork.Probes.Randomness;
using MWork.Probes.Tokenizers;
using MWork.Probes.Tokenizers.Unicode;
using Shouldly;

namespace MWork.Regression.Tokenizers;

/// <summary>Tokenizers that can spell every byte give every text back, up to what their normalizer changes.</summary>
public sealed class RoundTripTests
{
    private const int Texts = 400;

    private static readonly string[] Names =
        ["llama3", "bloom", "qwen2", "llama2", "gemma", "sentencepiece-bpe", "sentencepiece-bpe-identity"];

    public static TheoryData<string> ByteComplete { get; } = new(Names);

    [Theory]
    [MemberData(nameof(ByteComplete))]
    public void Arbitrary_text_comes_back(string name)
    {
        ITokenizer tokenizer = TokenizerFixtures.Load(name);
        var random = new CounterRandom(2026, "round trip");
        for (int i = 0; i < Texts; i++)
        {
            string text = UnicodeText.Arbitrary(random.Fork(i), 1 + (i % 40));
            ShouldComeBack(tokenizer, name, text);
        }
    }

    [Theory]
    [MemberData(nameof(ByteComplete))]
    public void Two_hundred_thousand_letters_without_a_space_come_back(string name)
    {
        ITokenizer tokenizer = TokenizerFixtures.Load(name);
        ShouldComeBack(tokenizer, name, UnicodeText.Word(new CounterRandom(1, "unbroken"), 200_000));
        ShouldComeBack(tokenizer, name, new string('a', 200_000));
        ShouldComeBack(tokenizer, name, new string(' ', 200_000) + "x");
    }

    [Theory]
    [MemberData(nameof(ByteComplete))]
    public void A_lone_surrogate_acts_as_the_replacement_character(string name)
    {
        ITokenizer tokenizer = TokenizerFixtures.Load(name);
        foreach (string text in (string[])["\uD83D", "a\uDE00b", "\uDE00\uD83D", "x\uD83D\uD83D\uDE00", "\uD83D\u0301"])
        {
            string replaced = new([.. text.EnumerateRunes().SelectMany(rune => rune.ToString())]);
            tokenizer.Encode(text).ShouldBe(tokenizer.Encode(replaced));
        }
    }

    [Fact]
    public void Ids_outside_the_vocabulary_decode_to_nothing()
    {
        foreach (string name in Names)
        {
            ITokenizer tokenizer = TokenizerFixtures.Load(name);
            tokenizer.Decode([-1, tokenizer.VocabularySize, int.MaxValue, int.MinValue]).ShouldBeEmpty();
            tokenizer.IdToToken(-1).ShouldBeNull();
            tokenizer.IdToToken(tokenizer.VocabularySize).ShouldBeNull();
            tokenizer.Decode([]).ShouldBeEmpty();
        }
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_decode_to_replacement_characters()
    {
        ITokenizer llama2 = TokenizerFixtures.Load("llama2");
        int cut = llama2.TokenToId("<0xE4>")!.Value;
        llama2.Decode([cut, cut]).ShouldBe("\uFFFD\uFFFD");
        ITokenizer spm = TokenizerFixtures.Load("sentencepiece-bpe");
        spm.Decode([spm.TokenToId("<0xE4>")!.Value, spm.TokenToId("<0xB8>")!.Value, spm.TokenToId("<0x41>")!.Value])
            .ShouldBe("\uFFFD\uFFFDA");
    }

    private static void ShouldComeBack(ITokenizer tokenizer, string name, string text)
    {
        string expected = name switch
        {
            "llama3" or "bloom" => text,
            "qwen2" => NormalForm.Compose(text, compatibility: false),

            // The visible space is a space to these.
            _ => text.Replace('▁', ' '),
        };
        string back = tokenizer.Decode(tokenizer.Encode(text));
        if (!string.Equals(back, expected, StringComparison.Ordinal))
            back.ShouldBe(expected);
    }
}
