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
    [InlineData("there is no such file; a subject is JSON", "lens", "a", "--subject", "no/such/subject.json")]
    [InlineData("'nobody' is no checkpoint directory, no subject's file and no subject's name; there are balanced,", "lens", "a", "--subject", "nobody")]
    [InlineData("The prompt is empty", "lens", " ")]
    [InlineData("english-pivot does not know 'xyzzy'; use words of its vocabulary", "lens", "où vit xyzzy")]
    [InlineData("Argument 'tuned' not recognized. Must be one of: 'normed' 'raw'; see mwork lens --help.", "lens", "a", "--lens", "tuned")]
    [InlineData("'--out' is required; see mwork detect --help.", "detect", "english-pivot")]
    [InlineData("'nobody' is no checkpoint directory", "detect", "nobody", "--out", "unused")]
    [InlineData("Argument 'guess' not recognized. Must be one of", "detect", "english-pivot", "--out", "unused", "--method", "guess")]
    [InlineData("--shard is '3/2' but must be", "detect", "english-pivot", "--out", "unused", "--shard", "3/2")]
    [InlineData("--share is '2' but must be", "detect", "english-pivot", "--out", "unused", "--share", "2")]
    [InlineData("--matrices is 'ffn,gate' but must name some of", "detect", "english-pivot", "--out", "unused", "--matrices", "ffn,gate")]
    [InlineData("lape looks at FFN neurons only", "detect", "english-pivot", "--out", "unused", "--method", "lape", "--matrices", "query")]
    [InlineData("takes a number of neurons per layer and no share", "detect", "english-pivot", "--out", "unused", "--method", "plnd-released", "--share", "0.1")]
    [InlineData("no/such/text is not a folder; give one with a text file per language", "detect", "english-pivot", "--out", "unused", "--text", "no/such/text")]
    [InlineData("The pivot is 'de', and the text is in en, fr, ur, vi, zh", "detect", "english-pivot", "--out", "unused", "--pivot", "de")]
    [InlineData("plan.json: there is no such file; name a directory that mwork detect has written", "merge", "no/such/part", "--out", "unused")]
    [InlineData("'--neurons' is required", "ablate", "a")]
    [InlineData("no/such/neurons.json: there is no such file", "ablate", "où vit le chien", "--neurons", "no/such/neurons.json")]
    [InlineData("'3.gate' is no neuron; write layer, matrix and index", "ablate", "où vit le chien", "--neurons", "3.gate")]
    [InlineData("There is no neuron '6.ffn'; the model has layers 0 to 5 with ffn neurons 0 to 191", "ablate", "où vit le chien", "--neurons", "6.ffn")]
    [InlineData("There is no neuron '5.ffn.192'", "ablate", "où vit le chien", "--neurons", "5.ffn.192")]
    [InlineData("--language says whose neurons of a file", "ablate", "où vit le chien", "--neurons", "3.ffn", "--language", "fr")]
    [InlineData("--layers is '4-9' but must be one or two of 0 to 5", "ablate", "où vit le chien", "--neurons", "3.ffn", "--layers", "4-9")]
    [InlineData("--task is 'poetry' but must be knowledge or reasoning", "ablate", "où vit le chien", "--neurons", "3.ffn", "--task", "poetry")]
    [InlineData("'--from' is required", "patch", "où vit le chien")]
    [InlineData("does not know 'xyzzy'", "patch", "où vit le chien", "--from", "xyzzy")]
    [InlineData("--language says whose neurons, and --neurons names none", "patch", "où", "--from", "où", "--language", "fr")]
    [InlineData("'no such word' is not one token of english-pivot", "attribute", "où vit le chien", "--answer", "no such word")]
    [InlineData("--out needs 3 wordings of the question", "attribute", "où vit le chien", "--out", "unused")]
    [InlineData("config.json: there is no such file", "subject", "init", "no/such/model", "--text", "no/such/text", "--out", "unused")]
    [InlineData("see mwork subject init --help.", "subject", "init")]
    [InlineData("--seed is 'x' but must be a whole number of at least 0", "train", "recipe.json", "--seed", "x", "--out", "unused")]
    [InlineData("--task needs --files", "evaluate", "english-pivot", "--task", "mgsm")]
    [InlineData("--items belongs to a task; name one with --task", "evaluate", "fixtures/models/english-pivot", "--items", "3")]
    [InlineData("Argument 'gsm' not recognized. Must be one of: 'mgsm'", "evaluate", "english-pivot", "--task", "gsm", "--files", "a")]
    [InlineData("--files is one file, no/such.tsv; say its language", "evaluate", "english-pivot", "--task", "mgsm", "--files", "no/such.tsv")]
    [InlineData("no/such_{language}.tsv, and no file fits it", "evaluate", "english-pivot", "--task", "mgsm", "--files", "no/such_{language}.tsv")]
    [InlineData("no/such.tsv", "evaluate", "english-pivot", "--task", "mgsm", "--files", "no/such.tsv", "--languages", "en")]
    [InlineData("--layers says which of the neurons", "evaluate", "english-pivot", "--task", "mgsm", "--files", "a", "--layers", "1")]
    [InlineData("is no checkpoint directory", "generate", "no/such/model", "--prompt", "a")]
    [InlineData("Required command was not provided", "new")]
    [InlineData("see mwork doctor --help.", "doctor", "--bogus")]
    public void The_command_line(string sentence, params string[] args) => Refuses(sentence, args);

    /// <summary>A way to reach every command with a subject's file that is no subject.</summary>
    [Theory]
    [InlineData("lens", "a")]
    [InlineData("detect", "SUBJECT", "--out", "unused")]
    [InlineData("ablate", "a", "--neurons", "0.ffn")]
    [InlineData("patch", "a", "--from", "b")]
    [InlineData("attribute", "a")]
    public void A_subject_s_file_that_is_none(params string[] args)
    {
        string path = _folder.File("subject.json");
        string[] all = args.Contains("SUBJECT", StringComparer.Ordinal) ? [.. args.Select(arg => arg == "SUBJECT" ? path : arg)] : [.. args, "--subject", path];
        File.WriteAllText(path, "{ not json");
        Refuses(path, all);
        string good = File.ReadAllText(Repository.Fixture("subjects", "english-pivot.json"));
        File.WriteAllText(path, good.Replace("\"pivot\": \"en\"", "\"pivot\": \"de\"", StringComparison.Ordinal));
        Refuses($"{path}: field 'pivot' is 'de'", all);
        File.WriteAllText(path, good);
        Refuses("languages.tsv cannot be read from", [.. all, "--json"]);
    }

    [Fact]
    public void Neurons_of_another_model()
    {
        CommandLine.Run("detect", "balanced", "--method", "lape", "--out", _folder.File("balanced")).Code.ShouldBe(ExitCodes.Success);
        string file = Path.Combine(_folder.File("balanced"), "neurons.json");
        Refuses("name the model that the neurons were found in", "ablate", "où vit le chien", "--neurons", file, "--language", "fr");
        Refuses("has neurons of en, fr, ur, vi, zh; say whose to take", "ablate", "où vit le chien", "--subject", "balanced", "--neurons", file);
        Refuses("has no neurons of 'de'", "ablate", "où vit le chien", "--subject", "balanced", "--neurons", file, "--language", "de");
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"schema\": 1", "\"schema\": 9", StringComparison.Ordinal));
        Refuses("field 'schema' is 9", "ablate", "où vit le chien", "--subject", "balanced", "--neurons", file, "--language", "fr");
    }

    [Fact]
    public void A_file_where_a_directory_is_to_be_written_and_the_other_way_round()
    {
        string file = _folder.File("there");
        File.WriteAllText(file, "");
        Refuses($"--out is '{file}', and there is a file of that name; choose another directory", "detect", "english-pivot", "--out", file);
        Refuses($"--out is '{file}', and there is a file of that name", "merge", "a", "--out", file);
        Refuses($"--out is '{file}', and there is a file of that name", "report", "a", "--out", file);
        Refuses($"--svg is '{_folder.Path}', and there is a directory of that name; name a file in it", "lens", "où", "--svg", _folder.Path);
        Refuses($"--markdown is '{_folder.Path}', and there is a directory", "report", "a", "--markdown", _folder.Path);
        Refuses($"--out is '{_folder.Path}', and there is a directory", "subject", "init", "a", "--text", "b", "--out", _folder.Path);
        Refuses($"--out is '{_folder.Path}', and there is a directory", "attribute", "a", "b", "c", "--out", _folder.Path);
    }

    [Theory]
    [InlineData("{}", "field 'text' is missing.")]
    [InlineData("{ \"steps\": \"many\" }", "field 'steps' is unknown or not of its kind (line 1).")]
    [InlineData("{ \"steps\": 3,\n oops }", "is not JSON at line 2.")]
    public void JSON_that_does_not_fit_is_told_in_the_words_of_who_wrote_it(string json, string problem)
    {
        string path = _folder.File("recipe.json");
        File.WriteAllText(path, json);
        Refuses(problem, "train", path, "--seed", "1", "--out", _folder.File("model"), "--world", Repository.Fixture("world"));
        File.WriteAllText(_folder.File("plan.json"), json);
        CommandOutcome merged = CommandLine.Run("merge", _folder.Path, "--out", _folder.File("merged"));
        merged.Error.ShouldContain("plan.json");
        merged.Error.ShouldNotContain("MWork.");
        File.WriteAllText(path, json);
        CommandOutcome subject = CommandLine.Run("lens", "a", "--subject", path);
        subject.Error.ShouldContain("recipe.json");
        subject.Error.ShouldNotContain("MWork.");
    }

    [Fact]
    public void A_language_without_text() => Refuses(
        "holds no text for 'de'; it has en, fr, ur, vi, zh", "subject", "init", Repository.Fixture("models", "english-pivot"),
        "--text", Repository.Fixture("text", "small-world"), "--languages", "en,de", "--out", _folder.File("mine.json"));

    [Fact]
    public void A_missing_model_directory() =>
        Refuses("is no checkpoint directory, no subject's file and no subject's name", "evaluate", _folder.File("missing"), "--world", Repository.Fixture("world"));

    [Fact]
    public void A_planted_model_has_no_recipe_whose_facts_could_be_asked() =>
        Refuses("planted-positive is a planted model", "evaluate", "planted-positive", "--world", Repository.Fixture("world"));

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
