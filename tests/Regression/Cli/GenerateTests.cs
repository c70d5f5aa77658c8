using System.Text.Json.Nodes;
using MWork.Cli;
using MWork.Probes.Subjects;
using MWork.Regression.Checkpoints;
using MWork.Testing;
using Shouldly;

namespace MWork.Regression.Cli;

/// <summary><c>mwork generate</c>: what it prints, that it prints the same again, and what it refuses.</summary>
public sealed class GenerateTests : IDisposable
{
    private static readonly string s_model = Repository.Fixture("models", "english-pivot");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_table_has_a_row_for_each_prompt()
    {
        CommandOutcome outcome = CommandLine.Run(
            "generate", s_model, "--prompt", "what is", "--prompt", "où", "--max-new-tokens", "5");
        outcome.Code.ShouldBe(ExitCodes.Success);
        outcome.Error.ShouldBeEmpty();
        outcome.Output.ShouldContain("│ what is │");
        outcome.Output.ShouldContain("│ où ");
        outcome.Output.ShouldContain("max new tokens");
    }

    [Fact]
    public void The_same_seed_draws_the_same_whatever_else_is_asked_and_with_any_number_of_threads()
    {
        JsonNode alone = Run("--prompt", "what is", "--temperature", "1", "--seed", "5", "--threads", "1");
        JsonNode among = Run(
            "--prompt", "où habite le", "--prompt", "what is", "--temperature", "1", "--seed", "5", "--threads", "2");
        Text(among, 1).ShouldBe(Text(alone, 0));
        Text(Run("--prompt", "what is", "--temperature", "1", "--seed", "6"), 0).ShouldNotBe(Text(alone, 0));
        ((int)alone["seed"]!).ShouldBe(5);
        ((string)alone["weights"]!).Length.ShouldBe(64);
    }

    [Fact]
    public void Settings_reach_the_draw()
    {
        string greedy = Text(Run("--prompt", "what is"), 0);
        Text(Run("--prompt", "what is", "--temperature", "1.5", "--top-k", "1"), 0).ShouldBe(greedy);
        Text(Run("--prompt", "what is", "--temperature", "1.5", "--top-p", "1e-9"), 0).ShouldBe(greedy);
        Text(Run("--prompt", "what is", "--temperature", "1e-9"), 0).ShouldBe(greedy);
        Text(Run("--prompt", "what is", "--temperature", "1.5"), 0).ShouldNotBe(greedy);
    }

    [Fact]
    public void A_prompt_may_look_like_an_option_or_a_file_of_arguments()
    {
        JsonNode json = Run("--prompt", "@what", "--prompt", "-5", "--max-new-tokens", "1");
        json["texts"]!.AsArray().Select(text => (string)text!["prompt"]!).ShouldBe(["@what", "-5"]);
    }

    [Fact]
    public void The_directory_s_stop_tokens_end_a_text()
    {
        foreach (string file in Directory.GetFiles(s_model))
        {
            File.Copy(file, _folder.File(Path.GetFileName(file)));
        }

        int second = (int)Run("--prompt", "what is")["texts"]![0]!["ids"]![1]!;
        File.WriteAllText(_folder.File("generation_config.json"), $"{{\"eos_token_id\": [2, {second}]}}");
        string json = CommandLine.Run("generate", _folder.Path, "--prompt", "what is", "--json").Output;
        JsonNode text = JsonNode.Parse(json)!["texts"]![0]!;
        text["ids"]!.AsArray().Count.ShouldBe(2);
        ((string)text["ended"]!).ShouldBe("stop token");
    }

    [Fact]
    public void A_subject_s_name_means_its_checkpoint_and_where_that_ends_a_text()
    {
        foreach (string file in Directory.GetFiles(s_model))
        {
            File.Copy(file, _folder.File(Path.GetFileName(file)));
        }

        int first = (int)Run("--prompt", "what is")["texts"]![0]!["ids"]![0]!;
        File.WriteAllText(_folder.File("generation_config.json"), $"{{\"eos_token_id\": {first}}}");
        string subject = _folder.File("mine.json");
        File.WriteAllText(subject, (SubjectFile.Load(Repository.Fixture("subjects", "english-pivot.json")) with
        {
            Model = new ModelSource(Checkpoint: "."),
            World = Repository.Fixture("world"),
        }).ToJson());
        JsonNode text = JsonNode.Parse(CommandLine.Run("generate", subject, "--prompt", "what is", "--json").Output)!["texts"]![0]!;
        ((int)text["ids"]!.AsArray().ShouldHaveSingleItem()!).ShouldBe(first);
        ((string)text["ended"]!).ShouldBe("stop token");
    }

    [Theory]
    [InlineData("'--prompt' is required; see mwork generate --help.")]
    [InlineData("Prompt 1 is empty; there must be a token to continue.", "--prompt", "")]
    [InlineData("--max-new-tokens is '0' but must be a whole number of at least 1;", "--prompt", "a", "--max-new-tokens", "0")]
    [InlineData("--temperature is '-1' but must be a number above 0;", "--prompt", "a", "--temperature", "-1")]
    [InlineData("--temperature is 'NaN' but must be a number above 0;", "--prompt", "a", "--temperature", "NaN")]
    [InlineData("--top-k is '0' but must be a whole number", "--prompt", "a", "--top-k", "0", "--temperature", "1")]
    [InlineData("--top-p is '2' but must be a number above 0", "--prompt", "a", "--temperature", "1", "--top-p", "2")]
    [InlineData("--seed is '1.5' but must be a whole number", "--prompt", "a", "--temperature", "1", "--seed", "1.5")]
    [InlineData("--seed changes nothing without --temperature", "--prompt", "a", "--seed", "1")]
    public void What_cannot_be_used_is_refused_in_one_sentence(string sentence, params string[] args) =>
        Refuses(sentence, [s_model, .. args]);

    [Fact]
    public void A_prompt_longer_than_the_model_is_refused() => Refuses(
        "tokens, but the model has 256 positions; shorten it.",
        s_model, "--prompt", string.Join(' ', Enumerable.Repeat("what", 300)));

    [Fact]
    public void A_directory_without_a_model_is_refused() =>
        Refuses("config.json: there is no such file", _folder.Path, "--prompt", "a");

    private static JsonNode Run(params string[] args)
    {
        CommandOutcome outcome = CommandLine.Run(["generate", s_model, .. args, "--json"]);
        outcome.Error.ShouldBeEmpty();
        outcome.Code.ShouldBe(ExitCodes.Success);
        return JsonNode.Parse(outcome.Output)!;
    }

    private static string Text(JsonNode json, int row) => (string)json["texts"]![row]!["text"]!;

    private static void Refuses(string sentence, params string[] args)
    {
        CommandOutcome outcome = CommandLine.Run(["generate", .. args]);
        outcome.Error.ShouldContain(sentence);
        outcome.ErrorLines.ShouldHaveSingleItem().ShouldStartWith("mwork: ");
        outcome.Error.TrimEnd().ShouldEndWith(".");
        outcome.Output.ShouldBeEmpty();
        outcome.Code.ShouldBe(ExitCodes.BadInput);
    }
}
