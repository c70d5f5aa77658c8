using System.CommandLine;
using System.CommandLine.Parsing;
using MWork.Cli;
using MWork.Cli.Commands;
using Shouldly;

namespace MWork.Regression.Cli;

/// <summary>Every command explains itself, with an example that the command line accepts; <see cref="DocsCommandTests"/> runs them.</summary>
public sealed class HelpTests
{
    private const string Example = "Example: mwork ";

    /// <summary>As one types them: <c>new hypothesis</c>.</summary>
    public static TheoryData<string> Commands => [.. All().Select(command => command.Name)];

    [Theory, MemberData(nameof(Commands))]
    public void Help_shows_an_example_that_parses(string name)
    {
        CommandOutcome outcome = CommandLine.Run([.. name.Split(' '), "--help"]);
        outcome.Code.ShouldBe(0);
        outcome.Error.ShouldBeEmpty();
        outcome.Output.ShouldContain(Example + name);
        Tree().Parse(ExampleOf(name)).Errors.ShouldBeEmpty();
    }

    /// <summary>What stands between angle brackets is typed in lower case: an enum's own names slip in there and are refused.</summary>
    [Theory, MemberData(nameof(Commands))]
    public void Help_names_values_as_they_are_typed(string name) =>
        CommandLine.Run([.. name.Split(' '), "--help"]).Output.ShouldNotMatch("<[^>]*[A-Z][^>]*>");

    [Theory, MemberData(nameof(Commands))]
    public void Every_command_writes_JSON_when_asked(string name) =>
        All().Single(command => command.Name == name).Command.Options.ShouldContain(option => option.Name == "--json");

    /// <summary>The arguments of a command's example.</summary>
    internal static string[] ExampleOf(string name)
    {
        string description = All().Single(command => command.Name == name).Command.Description!;
        return [.. CommandLineParser.SplitCommandLine(description[(description.IndexOf(Example, StringComparison.Ordinal) + Example.Length)..])];
    }

    private static IEnumerable<(string Name, Command Command)> All() => Leaves(Tree(), "");

    // A command that only holds others does nothing itself.
    private static IEnumerable<(string Name, Command Command)> Leaves(Command command, string before) => command.Subcommands.SelectMany(
        inner => inner.Subcommands.Count > 0 ? Leaves(inner, $"{before}{inner.Name} ") : [($"{before}{inner.Name}", inner)]);

    private static RootCommand Tree() => Root.Create(new Terminal(TextWriter.Null, TextWriter.Null));
}
