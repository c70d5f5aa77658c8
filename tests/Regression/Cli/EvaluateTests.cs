using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MWork.Cli;
using MWork.Probes.Models;
using MWork.Probes.Subjects;
using MWork.Probes.Tasks;
using MWork.Probes.Tensors.Managed;
using MWork.Regression.Checkpoints;
using MWork.Testing;
using Shouldly;

namespace MWork.Regression.Cli;

/// <summary><c>mwork evaluate --task</c>: a checkpoint on published formats and on plain text. What a task's prompts and metrics are, others test.</summary>
public sealed class EvaluateTests : IDisposable
{
    private static readonly string s_knowledge = Repository.Fixture("text", "english-pivot", "knowledge", "{language}.tsv");
    private static readonly string s_text = Repository.Fixture("text", "english-pivot", "test", "{language}.txt");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_language_with_a_file_is_asked_and_every_item_leaves_its_hashes()
    {
        JsonNode json = Json("--task", "bmlama", "--files", s_knowledge);
        Languages(json).ShouldBe(["en", "fr", "zh"]);
        JsonNode french = json["languages"]![1]!;
        ((int)french["items"]!).ShouldBe(40);
        TaskSample first = TaskFormat.Find("bmlama")!.Read(s_knowledge.Replace("{language}", "fr", StringComparison.Ordinal), "fr")[0];
        JsonNode row = french["rows"]![0]!;
        ((string)row["id"]!).ShouldBe("bmlama 1 in fr");
        ((string)row["promptHash"]!).ShouldBe(Hash(first.Prompt));
        ((string)row["targetHash"]!).ShouldBe(Hash(first.Target));
        french["rows"]!.AsArray().Average(each => (double)each!["values"]!["accuracy"]!).ShouldBe((double)french["figures"]!["accuracy"]!, 1e-12);
        ((double)french["figures"]!["accuracy"]!).ShouldBeGreaterThan(0.9);
        string table = CommandLine.Run("evaluate", "english-pivot", "--task", "bmlama", "--files", s_knowledge, "--languages", "zh,en").Output;
        table.IndexOf("│ zh", StringComparison.Ordinal).ShouldBeInRange(0, table.IndexOf("│ en", StringComparison.Ordinal));
    }

    [Fact]
    public void A_hash_decides_which_items_and_it_is_the_same_in_every_language()
    {
        JsonNode json = Json("--task", "bmlama", "--files", s_knowledge, "--items", "3");
        string[][] ids = [.. json["languages"]!.AsArray().Select(language => language!["rows"]!.AsArray().Select(row => ((string)row!["id"]!)[..^6]).ToArray())];
        ids[0].Length.ShouldBe(3);
        ids[1].ShouldBe(ids[0]);
        ids[2].ShouldBe(ids[0]);
    }

    [Fact]
    public void Neurons_may_be_off_meanwhile()
    {
        double clean = LogOdds();
        double off = LogOdds("--neurons", "0.ffn,1.ffn,2.ffn,3.ffn", "--layers", "1-3");
        off.ShouldBeLessThan(clean - 0.5);

        double LogOdds(params string[] neurons) => (double)Json(
            ["--task", "bmlama", "--files", s_knowledge, "--languages", "fr", .. neurons])["languages"]![0]!["figures"]!["log-odds"]!;
    }

    [Fact]
    public void Text_is_predicted_byte_by_byte()
    {
        JsonNode french = Json("--task", "perplexity", "--files", s_text)["languages"]![1]!;
        using LanguageModel model = ModelDirectory.Load(Repository.Fixture("models", "english-pivot"), new ManagedBackend());
        string[] lines = [.. File.ReadAllLines(s_text.Replace("{language}", "fr", StringComparison.Ordinal)).Where(line => line.Length > 0)];
        ((double)french["figures"]!["perplexity per byte"]!).ShouldBe(Perplexity.Sum(Perplexity.Of(model, lines)).PerByte, 1e-12);
        french["rows"]!.AsArray().Count.ShouldBe(lines.Length);
        ((string)french["rows"]![0]!["id"]!).ShouldBe("fr.txt, line 1");
        ((string)french["rows"]![0]!["targetHash"]!).ShouldBe(Hash(lines[0]));
    }

    [Theory]
    [InlineData("mgsm", "mgsm_{language}.tsv", "number match")]
    [InlineData("xquad", "xquad.{language}.json", "F1")]
    [InlineData("xlsum", "{language}_test.jsonl", "ROUGE-L")]
    public void Free_answers_are_generated_and_scored(string task, string files, string figure)
    {
        JsonNode json = Json("--task", task, "--files", Repository.Fixture("text", "samples", "tasks", files), "--max-new-tokens", "2");
        ((int)json["maxNewTokens"]!).ShouldBe(2);
        json["languages"]![0]!["rows"]!.AsArray().Count.ShouldBe(task == "xlsum" ? 2 : 3);

        // The small model knows none of the words; what it says is scored all the same.
        ((double)json["languages"]![0]!["figures"]![figure]!).ShouldBeInRange(0, 1);
    }

    [Fact]
    public void What_cannot_be_asked_stops_the_run_or_is_skipped_and_counted()
    {
        string path = _folder.File("fr.tsv");
        string[] rows = File.ReadAllLines(s_knowledge.Replace("{language}", "fr", StringComparison.Ordinal));
        string tooLong = $"{string.Concat(Enumerable.Repeat("le ", 400))}<mask>\tport\tport, île\tx";
        File.WriteAllLines(path, [rows[0], rows[1], "où <mask>\tport\tport\tx", tooLong, "no mask\tport\tport, île\tx"]);
        string[] args = ["evaluate", "english-pivot", "--task", "bmlama", "--files", path, "--languages", "fr"];
        BadInputTests.Refuses("fr.tsv, line 5: ", args);
        File.WriteAllLines(path, [rows[0], rows[1], tooLong]);
        BadInputTests.Refuses("fr.tsv: 'bmlama 2' in fr has 402 tokens, but the model has 256 positions; --lenient skips and counts such items.", args);
        File.WriteAllLines(path, [rows[0], rows[1], "où <mask>\tport\tport\tx", tooLong, "no mask\tport\tport, île\tx"]);
        JsonNode language = JsonNode.Parse(CommandLine.Run([.. args, "--lenient", "--json"]).Output)!["languages"]![0]!;
        ((int)language["items"]!).ShouldBe(1);
        string[] skipped = [.. language["skipped"]!.AsArray().Select(sentence => (string)sentence!)];
        skipped.Length.ShouldBe(3);
        skipped[0].ShouldContain("line 5");
        skipped[1].ShouldContain("'bmlama 2' in fr has no candidate but the right one");
        skipped[2].ShouldContain("'bmlama 3' in fr has 402 tokens");
        CommandLine.Run([.. args, "--lenient"]).Output.ShouldContain("Skipped: ");
        File.WriteAllLines(path, [rows[0], tooLong]);
        BadInputTests.Refuses("fr.tsv: nothing in it can be asked", [.. args, "--lenient"]);
    }

    [Fact]
    public void A_pattern_finds_the_languages_that_have_a_file()
    {
        foreach (string file in new[] { "fr/dev.jsonl", "zh-Latn/dev.jsonl", "de/test.jsonl", "en/dev.fr.jsonl", "en/dev.en.jsonl" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.File(file))!);
            File.WriteAllText(_folder.File(file), "");
        }

        new LanguagePaths(_folder.File("{language}/dev.jsonl")).Found().ShouldBe(["fr", "zh-Latn"]);
        new LanguagePaths(_folder.File("en/dev.{language}.jsonl")).Found().ShouldBe(["en", "fr"]);
        new LanguagePaths(_folder.File("{language}/dev.{language}.jsonl")).Found().ShouldBe(["en"]);
        new LanguagePaths(_folder.File("no/such/{language}")).Found().ShouldBeEmpty();
        new LanguagePaths(_folder.File("fr/dev.jsonl")).Found().ShouldBeEmpty();
    }

    private static IEnumerable<string> Languages(JsonNode json) => json["languages"]!.AsArray().Select(language => (string)language!["language"]!);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];

    private static JsonNode Json(params string[] args)
    {
        CommandOutcome outcome = CommandLine.Run(["evaluate", "english-pivot", .. args, "--json"]);
        outcome.Error.ShouldBeEmpty();
        outcome.Code.ShouldBe(ExitCodes.Success);
        return JsonNode.Parse(outcome.Output)!;
    }
}
