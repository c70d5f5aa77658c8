using MWork.Probes.Tasks;
using MWork.Probes.Text;
using MWork.Probes.Text.Published;
using MWork.Testing;
using Shouldly;

namespace MWork.Regression.Text;

/// <summary>Task files are read in the shapes that they are published in. The samples are made up.</summary>
public sealed class PublishedTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mwork-text").FullName;

    [Fact]
    public void Mgsm_keeps_quotation_marks_and_reads_thousands()
    {
        IReadOnlyList<MgsmItem> items = MgsmItem.Read(Sample("mgsm_en.tsv"));
        items.Select(item => (item.Row, item.Answer)).ShouldBe([(1, 34m), (2, 2125m), (3, 20m)]);
        items[0].Question.ShouldContain("\"only\"");
    }

    [Fact]
    public void Xquad_offsets_count_code_points()
    {
        IReadOnlyList<XquadItem> items = XquadItem.Read(Sample("xquad.zh.json"));
        items.Select(item => item.Id).ShouldBe(["q1", "q2", "q3"]);
        items[1].Answers.ShouldBe(["红色悬崖"]);
        items[2].Context.ShouldBe("它的灯烧油。");
    }

    [Fact]
    public void Xcopa_knows_cause_and_label()
    {
        IReadOnlyList<XcopaItem> items = XcopaItem.Read(Sample("test.zh.jsonl"));
        items.Select(item => (item.Index, item.AsksCause, item.Right)).ShouldBe([(0, true, 0), (1, false, 0), (2, true, 0)]);
        items[0].Choices.ShouldBe(["水开了。", "猫睡着了。"]);
    }

    [Fact]
    public void Bmlama_is_quoted_as_spreadsheets_do_it()
    {
        IReadOnlyList<BmlamaItem> items = BmlamaItem.Read(Sample("he.tsv"));
        items[1].Prompt.ShouldBe("הצוק של אופ\"א נקרא על שם <mask>.");
        items[1].Candidates.ShouldBe(["ספינה", "מלך", "להט\"ב"]);
        BmlamaItem.Read(Sample("en.tsv"))[1].ShouldSatisfyAllConditions(
            item => item.Prompt.ShouldStartWith("The \"Red Cliff\""),
            item => item.Candidates.ShouldBe(["a ship", "a king", "\"Holm\""]),
            item => item.Answers.ShouldBe(["a king"]),
            item => item.Subject.ShouldBe("Red Cliff"));
    }

    [Fact]
    public void Ntrex_lines_belong_to_documents()
    {
        IReadOnlyList<NtrexLine> lines = NtrexLine.Read(Sample("newstest2019-ref.fra.txt"));
        lines.Select(line => line.DocumentId).ShouldBe(["varn.1", "varn.1", "varn.2"]);
        NtrexLine.Documents("fra", lines).Select(document => document.Text)
            .ShouldBe(["La marée monta.\nLes bateaux partirent.", "Une tempête se leva la nuit."]);
    }

    [Fact]
    public void Xlsum_and_xcsqa_are_read()
    {
        XlsumItem.Read(Sample("english_test.jsonl")).Select(item => item.Id).ShouldBe(["varn-1", "varn-2"]);
        XcsqaItem.Read(Sample("xcsqa.en.jsonl")).Select(item => item.Choices[item.Answer!.Value].Text).ShouldBe(["harbour", "lamp"]);
    }

    [Fact]
    public void Xcsqa_is_read_as_data_sets_export_it_too()
    {
        string path = Path.Combine(_folder, "dev.jsonl");
        File.WriteAllText(path, """{"id":"1","lang":"en","question":{"stem":"s","choices":{"label":["A","B"],"text":["a","b"]}},"answerKey":"B"}""");
        XcsqaItem item = XcsqaItem.Read(path).ShouldHaveSingleItem();
        item.Choices.ShouldBe([new XcsqaChoice("A", "a"), new XcsqaChoice("B", "b")]);
        item.Answer.ShouldBe(1);
    }

    [Theory]
    [InlineData("mgsm", "mgsm_xx.tsv", "one question\n", "line 1", "1 cells")]
    [InlineData("mgsm", "mgsm_xx.tsv", "why?\tmany\n", "line 1", "'many' is not a number")]
    [InlineData("mgsm", "mgsm_xx.tsv", "a?\t1\n\nb?\t2\n", "line 2")]
    [InlineData("xquad", "xquad.xx.json", "{\"data\": 1}", "'data' must be a list", "SQuAD")]
    [InlineData("xquad", "xquad.xx.json", "{\n\"data\": [}", "line 2", "SQuAD")]
    [InlineData("xquad", "xquad.xx.json", """{"data":[{"paragraphs":[{"context":"a b","qas":[{"id":"1","question":"?","answers":[{"text":"b","answer_start":0}]}]}]}]}""", "question 1", "answer_start 0")]
    [InlineData("xquad", "xquad.xx.json", """{"data":[{"paragraphs":[{"context":"a","qas":[{"id":"1","question":"?","answers":[]}]}]}]}""", "question 1", "no answer")]
    [InlineData("xcopa", "test.xx.jsonl", """{"premise":"p","choice1":"a","choice2":"b","question":"why","label":0,"idx":0}""", "line 1", "cause or effect")]
    [InlineData("xcopa", "test.xx.jsonl", """{"premise":"p","choice1":"a","choice2":"b","question":"cause","label":2,"idx":0}""", "'label' is 2")]
    [InlineData("xcopa", "test.xx.jsonl", """{"premise":"p","choice1":"a","question":"cause","label":1,"idx":0}""", "'choice2' is missing")]
    [InlineData("bmlama", "xx.tsv", "a <mask>\tb\tb, c\ts\n", "line 1", "header")]
    [InlineData("bmlama", "xx.tsv", "Prompt\tAns\tCandidate Ans\tSubject\na <mask>\td\tb, c\ts\n", "line 2", "'d' is not among")]
    [InlineData("bmlama", "xx.tsv", "Prompt\tAns\tCandidate Ans\tSubject\na\tb\tb, c\ts\n", "line 2", "<mask> once")]
    [InlineData("bmlama", "xx.tsv", "Prompt\tAns\tCandidate Ans\tSubject\na <mask>\tb\t\"b, c\ts\n", "line 2", "column 3")]
    [InlineData("xlsum", "xx.jsonl", """{"id":"1","summary":" ","text":"t"}""", "line 1", "empty")]
    [InlineData("xcsqa", "xx.jsonl", """{"id":"1","question":{"stem":"s","choices":[{"label":"A","text":"a"},{"label":"B","text":"b"}]},"answerKey":"E"}""", "line 1", "'E'")]
    [InlineData("xcsqa", "xx.jsonl", """{"id":"1","question":{"stem":"s","choices":{"label":["A","B"],"text":["a"]}},"answerKey":"A"}""", "line 1", "2 labels for 1 choices")]
    [InlineData("xcsqa", "xx.jsonl", """{"id":"1","question":{"stem":"s","choices":{"label":["A","B"],"text":"a"}},"answerKey":"A"}""", "'question.choices.text' must be a list")]
    [InlineData("xcsqa", "xx.jsonl", """{"id":"1","question":{"stem":"s","choices":[{"label":"A"}]},"answerKey":"A"}""", "line 1", "'question.choices[0].text' is missing")]
    [InlineData("xcsqa", "xx.jsonl", """{"id":"1","question":{"stem":"s","choices":[{"label":"A","text":"a"},{"label":"B","text":"b"}]}}""", "dev file")]
    public void A_malformed_row_is_named(string task, string file, string content, params string[] words)
    {
        File.WriteAllText(Path.Combine(_folder, file), content);
        string message = Should.Throw<TextFormatException>(() => TaskFormat.Find(task)!.Read(Path.Combine(_folder, file), "en")).Message;
        words.ShouldAllBe(word => message.Contains(word, StringComparison.Ordinal), message);
    }

    [Theory]
    [InlineData("xcopa", "test.en.jsonl")]
    [InlineData("xlsum", "english_test.jsonl")]
    [InlineData("xcsqa", "xcsqa.en.jsonl")]
    public void An_id_comes_once(string task, string file)
    {
        string twice = Path.Combine(_folder, file);
        string[] lines = File.ReadAllLines(Sample(file));
        File.WriteAllLines(twice, [.. lines, lines[0]]);
        Should.Throw<TextFormatException>(() => TaskFormat.Find(task)!.Read(twice, "en")).Message.ShouldContain("comes twice");
    }

    [Fact]
    public void Rows_keep_their_numbers_when_one_is_skipped()
    {
        string path = Path.Combine(_folder, "mgsm_en.tsv");
        string[] lines = File.ReadAllLines(Sample("mgsm_en.tsv"));
        File.WriteAllLines(path, [lines[0], "broken", lines[2]]);
        var malformed = MalformedRows.Lenient();
        TaskFormat.Find("mgsm")!.Read(path, "en", malformed).Select(sample => sample.Id).ShouldBe(["mgsm 1", "mgsm 3"]);
        malformed.Skipped.ShouldHaveSingleItem().ToString().ShouldContain("line 2");
    }

    [Fact]
    public void Lines_and_document_ids_must_be_of_one_release()
    {
        File.WriteAllText(Path.Combine(_folder, "newstest2019-ref.eng.txt"), "one\ntwo\n");
        Should.Throw<TextFormatException>(() => NtrexLine.Read(Path.Combine(_folder, "newstest2019-ref.eng.txt"))).Message.ShouldContain(NtrexLine.IdFile);
        File.WriteAllText(Path.Combine(_folder, NtrexLine.IdFile), "a\n");
        Should.Throw<TextFormatException>(() => NtrexLine.Read(Path.Combine(_folder, "newstest2019-ref.eng.txt"))).Message.ShouldContain("2 lines");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Sample(string file) => Repository.Fixture("text", "samples", "tasks", file);
}
