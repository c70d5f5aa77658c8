using System.Buffers;
using Microsoft.ML.Tokenizers;
using MWork.Probes.Tokenizers;
using Shouldly;
using UpstreamTokenizer = Microsoft.ML.Tokenizers.Tokenizer;

namespace MWork.Regression.Tokenizers;

/// <summary>Compiled with <c>-p:MWorkTokenizers=microsoft</c>.</summary>
public sealed class MicrosoftTokenizerTests
{
    private readonly MicrosoftTokenizer _tokenizer = new(
        new Characters(), new Dictionary<string, int>(StringComparer.Ordinal) { ["<s>"] = 1, ["a"] = 97, ["b"] = 98, ["\uFFFD"] = 0xFFFD })
    {
        BosId = 1,
    };

    [Fact]
    public void What_begins_a_sequence_is_added_where_it_is_wanted()
    {
        _tokenizer.Encode("ab").ShouldBe([1, 97, 98]);
        _tokenizer.Encode("ab", addSpecialTokens: false).ShouldBe([97, 98]);
        _tokenizer.Encode("a\uD800").ShouldBe([1, 97, 0xFFFD]);
    }

    [Fact]
    public void Ids_that_are_special_or_unknown_give_nothing()
    {
        _tokenizer.Decode([1, 98, 5, 97]).ShouldBe("ba");
        _tokenizer.Decode([1, 98], skipSpecialTokens: false).ShouldBe("\u0001b");
    }

    [Fact]
    public void Tokens_have_the_ids_of_the_vocabulary()
    {
        _tokenizer.VocabularySize.ShouldBe(0xFFFE);
        _tokenizer.TokenToId("b").ShouldBe(98);
        _tokenizer.TokenToId("c").ShouldBeNull();
        _tokenizer.IdToToken(1).ShouldBe("<s>");
        _tokenizer.IdToToken(2).ShouldBeNull();
    }

    /// <summary>Each UTF-16 unit is a token, and its own id.</summary>
    private sealed class Characters : UpstreamTokenizer
    {
        public override OperationStatus Decode(IEnumerable<int> ids, Span<char> destination, out int idsConsumed, out int charsWritten)
        {
            char[] text = [.. ids.Select(id => (char)id)];
            bool fits = text.AsSpan().TryCopyTo(destination);
            idsConsumed = charsWritten = fits ? text.Length : 0;
            return fits ? OperationStatus.Done : OperationStatus.DestinationTooSmall;
        }

        protected override EncodeResults<EncodedToken> EncodeToTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings) => new()
        {
            Tokens = [.. (text ?? textSpan.ToString()).Select((c, i) => new EncodedToken(c, c.ToString(), i..(i + 1)))],
            CharsConsumed = textSpan.Length,
        };
    }
}
