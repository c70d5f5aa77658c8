using MWork.Cli;
using MWork.Regression.Checkpoints;
using MWork.Testing;
using Shouldly;

namespace MWork.Regression.Cli;

/// <summary>What cannot be used ends as one sentence on the error stream and exit code 2, without a stack trace.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("There is no command 'bogus'", "bogus")]
    [InlineData("'--out' is required; see mwork train --help.", "train", "recipe.json", "--seed", "1")]
    [InlineData("--threads is '0' but must be", "digest", "--threads", "0")]
    [InlineData("--threads is 'many' but must be", "digest", "--threads", "many")]
    [InlineData("--weights is 'half' but must be float32 or stored", "verify", ".", "--weights", "half")]
    [InlineData("no/such/place: there is no such directory", "verify", "no/such/place")]
    [InlineData("no/such/recipe.json: there is no such file", "train", "no/such/recipe.json", "--seed", "1", "--out", "unused")]
    [InlineData("no/such/digest.txt: there is no such file", "digest", "--compare", "no/such/digest.txt")]
    public void The_command_line(string sentence, params string[] args) => Refuses(sentence, args);

    [Fact]
    public void A_missing_model_directory() =>
        Refuses("config.json: there is no such file", "evaluate", _folder.File("missing"), "--world", Repository.Fixture("world"));

    [Fact]
    public void A_missing_world() => Refuses("missing", "evaluate", _folder.Path, "--world", _folder.File("missing"));

    [Fact]
    public void A_directory_without_reference_values() => Refuses("holds neither expected.safetensors nor expected.json", "verify", _folder.Path);

    [Fact]
    public void A_truncated_checkpoint()
    {
        string weights = Copy("qwen3");
        using (FileStream stream = File.OpenWrite(weights))
        {
            stream.SetLength(stream.Length / 2);
        }

        Refuses("model.safetensors", "verify", _folder.Path);
    }

    [Fact]
    public void A_checkpoint_with_NaN()
    {
        string weights = Copy("qwen3");
        using (FileStream stream = File.OpenWrite(weights))
        {
            // All bits set are a NaN in every float format.
            stream.Seek(-4, SeekOrigin.End);
            stream.Write([0xFF, 0xFF, 0xFF, 0xFF]);
        }

        Refuses("NaN", "verify", _folder.Path);
    }

    [Fact]
    public void An_exit_behind_the_last_layer()
    {
        string path = _folder.File("recipe.json");
        File.WriteAllText(path, File.ReadAllText(Repository.Fixture("recipes", "english-pivot.json")).Replace("\"layer\": 3", "\"layer\": 6"));
        Refuses("exits at layers below 'layers'", "train", path, "--seed", "1", "--out", _folder.File("model"), "--world", Repository.Fixture("world"));
    }

    [Fact]
    public void An_unknown_field_in_a_recipe()
    {
        string recipe = File.ReadAllText(Repository.Fixture("recipes", "english-pivot.json"));
        string path = _folder.File("recipe.json");
        File.WriteAllText(path, "{ \"stepz\": 3, " + recipe[(recipe.IndexOf('{', StringComparison.Ordinal) + 1)..]);
        Refuses("stepz", "train", path, "--seed", "1", "--out", _folder.File("model"), "--world", Repository.Fixture("world"));
        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([path]);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("{\"source\": \"x\", \"cases\": []}")]
    [InlineData("{\"source\": \"x\", \"cases\": [{\"text\": \"a\"}]}")]
    public void A_tokenizer_s_reference_values(string json)
    {
        string path = _folder.File("expected.json");
        File.WriteAllText(path, json);
        Refuses("expected.json", "verify", _folder.Path);
    }

    [Fact]
    public void A_fault_of_the_program_is_told_apart()
    {
        var fault = new InvalidCastException("first line\nsecond line");
        Failure.ExitCode(fault).ShouldBe(ExitCodes.Fault);
        Failure.Sentence(fault).ShouldContain("first line second line");
        Failure.Sentence(fault).ShouldContain("MWORK_DEBUG=1");
        Failure.Sentence(new ArgumentException("Too many.", "count")).ShouldBe("Too many.");
    }

    internal static void Refuses(string sentence, params string[] args)
    {
        CommandOutcome outcome = CommandLine.Run(args);
        outcome.Error.ShouldContain(sentence);
        outcome.ErrorLines.ShouldHaveSingleItem().ShouldStartWith("mwork: ");
        outcome.Error.TrimEnd().ShouldEndWith(".");
        outcome.Output.ShouldBeEmpty();
        outcome.Code.ShouldBe(ExitCodes.BadInput);
    }

    private string Copy(string model)
    {
        foreach (string file in Directory.GetFiles(Repository.Fixture("golden", "models", model)))
        {
            File.Copy(file, _folder.File(Path.GetFileName(file)));
        }

        return _folder.File("model.safetensors");
    }
}
