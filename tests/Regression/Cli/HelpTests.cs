using System.CommandLine;
using MWork.Cli;
using MWork.Cli.Commands;
using Shouldly;

namespace MWork.Regression.Cli;

/// <summary>Every command explains itself, with an example that the command line accepts.</summary>
public sealed class HelpTests
{
    private const string Example = "Example: mwork ";

    public static TheoryData<string> Commands => [.. Tree().Subcommands.Select(command => command.Name)];

    [Theory, MemberData(nameof(Commands))]
    public void Help_shows_an_example_that_parses(string name)
    {
        CommandOutcome outcome = CommandLine.Run(name, "--help");
        outcome.Code.ShouldBe(0);
        outcome.Error.ShouldBeEmpty();
        outcome.Output.ShouldContain(Example + name);

        string description = Tree().Subcommands.Single(command => command.Name == name).Description!;
        string[] example = description[(description.IndexOf(Example, StringComparison.Ordinal) + Example.Length)..].Split(' ');
        Tree().Parse(example).Errors.ShouldBeEmpty();
    }

    private static RootCommand Tree() => Root.Create(new Terminal(TextWriter.Null, TextWriter.Null));
}
