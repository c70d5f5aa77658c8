using MWork.Probes.Tasks;
using MWork.Probes.Text;
using MWork.Testing;
using Shouldly;

namespace MWork.Regression.Tasks;

/// <summary>Prompts stand here as a model reads them.</summary>
public sealed class TaskPromptTests
{
    [Theory]
    [InlineData("mgsm", "mgsm_en.tsv", "en", 2, "Question: Tom walks 4 km on each of 5 days. How many km is that?\nAnswer: Let's this step by step.\n", "20")]
    [InlineData("mgsm", "mgsm_zh.tsv", "zh", 1, "问题：一家商店每月卖出125把椅子，每把17美元。它一个月赚多少钱？\n答案：请逐步解答。\n", "2125")]
    [InlineData("xquad", "xquad.en.json", "en", 2, "Its lamp burns oil.\nQuestion: What does the lamp burn?\nAnswer: ", "oil")]
    [InlineData("xcopa", "test.en.jsonl", "en", 1, "The bridge was closed therefore", " trains were late.")]
    [InlineData("xcopa", "test.zh.jsonl", "zh", 0, "水壶响了 因为", " 水开了。")]
    [InlineData("bmlama", "en.tsv", "en", 0, "Ida Holm was born in", " Varn")]
    [InlineData("xcsqa", "xcsqa.en.jsonl", "en", 0, "Question: Where do boats rest?\nA. harbour\nB. roof\nC. oven\nAnswer:", " A")]
    [InlineData("xlsum", "english_test.jsonl", "en", 1, "Works on the bridge take longer. It will not open before May.\nSummary: ", "The bridge stays closed until May.")]
    public void A_prompt_reads_like_this(string task, string file, string language, int item, string prompt, string target)
    {
        TaskSample sample = Read(task, file, language)[item];
        sample.Prompt.ShouldBe(prompt);
        sample.Target.ShouldBe(target);
        (sample.Candidates.Count == 0 || sample.Candidates.Contains(target)).ShouldBeTrue();
    }

    [Fact]
    public void A_candidate_goes_where_the_mask_stood() =>
        Read("bmlama", "en.tsv", "en")[0].With(" Lund").ShouldBe("Ida Holm was born in Lund.");

    [Fact]
    public void Items_of_two_languages_have_the_same_ids()
    {
        Read("bmlama", "he.tsv", "he").Select(sample => sample.Id).ShouldBe(Read("bmlama", "en.tsv", "en").Select(sample => sample.Id));
        Read("xcopa", "test.zh.jsonl", "zh").Select(sample => sample.Id).ShouldBe(Read("xcopa", "test.en.jsonl", "en").Select(sample => sample.Id));
    }

    [Fact]
    public void Exemplars_stand_before_with_their_answers()
    {
        IReadOnlyList<TaskSample> samples = Read("xcopa", "test.en.jsonl", "en");
        samples[0].After([samples[2]]).Prompt.ShouldBe("The child laughed because the clown fell.\n\nThe kettle whistled because");
    }

    [Fact]
    public void A_language_without_words_is_named()
    {
        Should.Throw<TextFormatException>(() => Read("mgsm", "mgsm_en.tsv", "tlh")).Message.ShouldContain("mgsm_en.tsv: There is no MGSM prompt for 'tlh'");
        Should.Throw<TextFormatException>(() => Read("xcopa", "test.en.jsonl", "tlh")).Message.ShouldContain("zh");
    }

    [Fact]
    public void Evidence_holds_hashes_of_prompt_and_target_and_not_the_text()
    {
        TaskSample sample = Read("bmlama", "en.tsv", "en")[0];
        var row = sample.Row([new("accuracy", 1)]);
        row.Id.ShouldBe("bmlama 1 in en");
        row.PromptHash.ShouldNotBe(sample.After([sample]).Row([]).PromptHash);
        row.TargetHash.ShouldNotBe((sample with { Targets = [" Lund"] }).Row([]).TargetHash);
        (sample with { Suffix = "!" }).Row([]).PromptHash.ShouldNotBe(row.PromptHash);
        sample.Hash.ShouldNotBe((sample with { Candidates = [" Varn"] }).Hash);
    }

    private static IReadOnlyList<TaskSample> Read(string task, string file, string language) =>
        TaskFormat.Find(task)!.Read(Repository.Fixture("text", "samples", "tasks", file), language);
}
