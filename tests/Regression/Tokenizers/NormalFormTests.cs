using MWork.Probes.Randomness;
using MWork.Probes.Tokenizers.Unicode;
using Shouldly;

namespace MWork.Regression.Tokenizers;

public sealed class NormalFormTests
{
    // From UAX #15, figures 3 to 6, and The Unicode Standard, section 3.12.
    [Theory]
    [InlineData("\u212B", "\u0041\u030A", "\u00C5", "\u0041\u030A", "\u00C5")]
    [InlineData("\u1E9B\u0323", "\u017F\u0323\u0307", "\u1E9B\u0323", "\u0073\u0323\u0307", "\u1E69")]
    [InlineData("\uFB01", "\uFB01", "\uFB01", "\u0066\u0069", "\u0066\u0069")]
    [InlineData("\u0032\u2075", "\u0032\u2075", "\u0032\u2075", "\u0032\u0035", "\u0032\u0035")]
    [InlineData("\uD4DB", "\u1111\u1171\u11B6", "\uD4DB", "\u1111\u1171\u11B6", "\uD4DB")]
    [InlineData("\u0958", "\u0915\u093C", "\u0915\u093C", "\u0915\u093C", "\u0915\u093C")]
    [InlineData("a\u0301\u0300\u0323", "a\u0323\u0301\u0300", "\u1EA1\u0301\u0300", "a\u0323\u0301\u0300", "\u1EA1\u0301\u0300")]
    [InlineData("\U0001D11E\U0001D15E", "\U0001D11E\U0001D157\U0001D165", "\U0001D11E\U0001D157\U0001D165",
        "\U0001D11E\U0001D157\U0001D165", "\U0001D11E\U0001D157\U0001D165")]
    public void The_four_forms_are_those_of_the_standard(string text, string nfd, string nfc, string nfkd, string nfkc)
    {
        NormalForm.Decompose(text, compatibility: false).ShouldBe(nfd);
        NormalForm.Compose(text, compatibility: false).ShouldBe(nfc);
        NormalForm.Decompose(text, compatibility: true).ShouldBe(nfkd);
        NormalForm.Compose(text, compatibility: true).ShouldBe(nfkc);
    }

    // The conformance conditions of NormalizationTest.txt, on arbitrary text.
    [Fact]
    public void Forms_agree_with_each_other()
    {
        var random = new CounterRandom(3, "normal forms");
        for (int i = 0; i < 500; i++)
        {
            string text = UnicodeText.Arbitrary(random.Fork(i), 30);
            foreach (bool compatibility in (bool[])[false, true])
            {
                string decomposed = NormalForm.Decompose(text, compatibility);
                string composed = NormalForm.Compose(text, compatibility);
                NormalForm.Decompose(composed, compatibility).ShouldBe(decomposed);
                NormalForm.Compose(decomposed, compatibility).ShouldBe(composed);
                NormalForm.Decompose(decomposed, compatibility).ShouldBe(decomposed);
                NormalForm.Compose(composed, compatibility).ShouldBe(composed);
            }
        }
    }
}
