using System.Text.Json.Nodes;
using MWork.Cli;
using MWork.Cli.Commands;
using MWork.Probes.Models.Checkpoints;
using MWork.Testing;
using Shouldly;
using Spectre.Console;

namespace MWork.Regression.Cli;

public sealed class LoadingBarTests
{
    [Fact]
    public void A_terminal_shows_how_far_a_model_is_loaded()
    {
        using var output = new StringWriter();
        Watched(output).WhileLoading("models/my[7]b/", quiet: false, progress =>
        {
            progress!.Report(new LoadProgress(3, 8, 50, 200));
            return 5;
        }).ShouldBe(5);
        output.ToString().ShouldContain("my[7]b: 3 of 8 tensors");
    }

    [Fact]
    public void A_terminal_shows_how_much_is_done_and_how_long_it_still_takes()
    {
        using var output = new StringWriter();
        Watched(output).WhileCounting("plnd, documents", 40, quiet: false, progress =>
        {
            progress!.Report(10);
            return 5;
        }).ShouldBe(5);
        output.ToString().ShouldContain("plnd, documents");
        output.ToString().ShouldContain("25%");
        output.ToString().ShouldContain("-:--:--");
    }

    [Theory]
    [InlineData("questions by language", "ablate", "où vit le chien ? réponse", "--neurons", "4.ffn", "--task", "reasoning")]
    [InlineData("layers", "attribute", "où vit le chien ? réponse", "--layers", "4-5")]
    [InlineData("mgsm, items", "evaluate", "english-pivot", "--task", "mgsm", "--files", "fixtures/text/samples/tasks/mgsm_{language}.tsv", "--max-new-tokens", "1")]
    [InlineData("languages", "evaluate", "fixtures/models/untrained")]
    public void A_long_command_shows_how_far_it_is_and_JSON_stays_alone(string bar, params string[] args)
    {
        args = [.. args.Select(arg => arg.StartsWith("fixtures/", StringComparison.Ordinal) ? Path.Combine(Repository.Root, arg) : arg)];
        using var watched = new StringWriter();
        Root.Run(args, Watched(watched)).ShouldBe(ExitCodes.Success);
        watched.ToString().ShouldContain($"{bar} ", Case.Sensitive);
        watched.ToString().ShouldContain("100%");
        using var json = new StringWriter();
        Root.Run([.. args, "--json"], Watched(json)).ShouldBe(ExitCodes.Success);
        JsonNode.Parse(json.ToString()).ShouldNotBeNull();
    }

    [Fact]
    public void A_file_or_a_pipe_gets_no_bar()
    {
        using var output = new StringWriter();
        new Terminal(output, TextWriter.Null).WhileLoading("model", quiet: false, progress => progress).ShouldBeNull();
        new Terminal(output, TextWriter.Null).WhileCounting("documents", 4, quiet: false, progress => progress).ShouldBeNull();
        output.ToString().ShouldBeEmpty();
    }

    private static Terminal Watched(StringWriter output)
    {
        var terminal = new Terminal(output, TextWriter.Null)
        {
            Console = AnsiConsole.Create(new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.Yes,
                Interactive = InteractionSupport.Yes,
                Out = new AnsiConsoleOutput(output),
                Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            }),
        };
        terminal.Console.Profile.Width = 120;
        return terminal;
    }
}
