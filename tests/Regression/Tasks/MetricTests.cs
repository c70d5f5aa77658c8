using MWork.Probes.Tasks;
using Shouldly;

namespace MWork.Regression.Tasks;

/// <summary>
/// Metrics against reference values: of the official evaluate-v1.1.py of SQuAD, of rouge_score 0.1.2's tokenizer and LCS, and of the number rule of
/// test_mistral_gsm.py, all run in Python 3.
/// </summary>
public sealed class MetricTests
{
    [Theory]
    [InlineData("The Denver Broncos!", "Denver Broncos", 1, 1.0)]
    [InlineData("in the city of Paris, France", "Paris", 0, 1.0 / 3)]
    [InlineData("a cat and a dog", "the cat and dog and bird", 0, 0.75)]
    [InlineData("北京", "北京市", 0, 0)]
    [InlineData("Ｌ’été à Paris.", "l’été a paris", 0, 0.4)]
    [InlineData("1,000", "1000", 1, 1)]
    [InlineData("", "", 1, 0)]
    [InlineData("the", "a", 1, 0)]
    [InlineData("¿Qué?", "Qué", 0, 0)]
    [InlineData("Straße", "STRASSE", 0, 0)]
    [InlineData("एक कुत्ता", "कुत्ता", 0, 2.0 / 3)]
    [InlineData("dog dog dog", "dog dog cat", 0, 2.0 / 3)]
    [InlineData("U.S. dollar ($)", "us dollar", 1, 1)]
    public void Squad_scores_are_those_of_the_official_script(string prediction, string answer, double exact, double f1)
    {
        SquadScore.ExactMatch(prediction, [answer]).ShouldBe(exact);
        SquadScore.F1(prediction, [answer]).ShouldBe(f1, 1e-12);
        SquadScore.F1(prediction, ["entirely else", answer]).ShouldBe(f1, 1e-12);
    }

    [Fact]
    public void Segmented_f1_sees_what_words_by_spaces_do_not() =>
        SquadScore.SegmentedF1("北京", ["北京市"]).ShouldBe(0.8, 1e-12); // 2 of 2 and 2 of 3 characters

    [Theory]
    [InlineData("The quick brown dog jumps on the log.", "The quick brown fox jumps over the lazy dog", 5.0 / 8, 5.0 / 9)]
    [InlineData("police killed the gunman", "police kill the gunman", 0.75, 0.75)]
    [InlineData("the gunman police killed", "police killed the gunman", 0.5, 0.5)]
    [InlineData("It's 3.5% -- don't_stop!", "its 3 5 percent don t stop", 5.0 / 7, 5.0 / 7)]
    [InlineData("", "x", 0, 0)]
    [InlineData("...", "...", 0, 0)]
    public void Rouge_l_on_ascii_is_that_of_rouge_score(string prediction, string reference, double precision, double recall)
    {
        var score = RougeL.Of(prediction, reference);
        score.Precision.ShouldBe(precision, 1e-12);
        score.Recall.ShouldBe(recall, 1e-12);
        score.F.ShouldBe(precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0, 1e-12);
    }

    [Theory]
    [InlineData("Été à l'Ouest", "été|à|l|ouest")]
    [InlineData("E\u0301te\u0301", "e\u0301te\u0301")]
    [InlineData("北京市2024年GDP增长5%。", "北|京|市|2024|年|gdp|增|长|5")]
    [InlineData("ラーメンを食べた", "ラー|メ|ン|を|食|べ|た")]
    [InlineData("ﾗｰﾒﾝ", "ﾗｰ|ﾒ|ﾝ")]
    [InlineData("ภาษาไทยเป็นภาษา", "ภา|ษา|ไท|ย|เป็|น|ภา|ษา")]
    [InlineData("น้ำ 25 แก้ว", "น้ำ|25|แก้|ว")]
    [InlineData("한국어 문장", "한국어|문장")]
    [InlineData("हिन्दी में", "हिन्दी|में")]
    [InlineData("𠮷野家", "𠮷|野|家")]
    [InlineData("اردو زبان", "اردو|زبان")]
    public void Words_are_cut_as_the_script_needs(string text, string words) => string.Join('|', WordSegments.Of(text)).ShouldBe(words);

    [Fact]
    public void Rouge_l_works_without_spaces()
    {
        // By hand: 今天天气很好 and 今天天气不好 share 今天天气好, 5 of 6 characters on either side.
        RougeL.Of("今天天气很好。", "今天天气不好").F.ShouldBe(5.0 / 6, 1e-12);
        RougeL.Of("ภาษาไทย", "ภาษาจีน").Recall.ShouldBe(2.0 / 4, 1e-12); // ภา ษา of ภา ษา จี น
    }

    [Theory]
    [InlineData("The answer is 18.", 18, 18)]
    [InlineData("#### 2,125", 2125, 2125)]
    [InlineData("so 5 + 6 = 11. #### 11 dollars", 11, 11)]
    [InlineData("#### none, but 7", 7, 7)]
    [InlineData("1,234,567", 1234567, 567)]
    [InlineData("-3", -3, 3)]
    [InlineData("5-3", 3, 3)]
    [InlineData("5.75", 5.75, 5)]
    [InlineData("উত্তর হল ১১।", 11, 11)]
    [InlineData("答案是 276,000 元", 276000, 276000)]
    [InlineData("3 apples #### 4 of 9", 9, 9)]
    [InlineData("12.", 12, 12)]
    public void The_last_number_counts(string text, double last, double released)
    {
        NumberMatch.Last(text).ShouldBe((decimal)last);
        NumberMatch.AsReleased(text).ShouldBe((decimal)released);
        NumberMatch.Of(text, "2,125").ShouldBe(last == 2125 ? 1 : 0);
    }

    [Fact]
    public void Without_a_number_nothing_matches()
    {
        NumberMatch.Last("no number").ShouldBeNull();
        NumberMatch.AsReleased("no number").ShouldBe(-1);
        NumberMatch.Of("no number", "7").ShouldBe(0);
    }
}
