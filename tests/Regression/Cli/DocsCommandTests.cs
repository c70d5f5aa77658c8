using System.Collections.Concurrent;
using MWork.Cli;
using MWork.Regression.Checkpoints;
using MWork.Testing;
using Shouldly;

namespace MWork.Regression.Cli;

/// <summary>
/// The commands of every page: what a reader types is run as it stands there, page by page from top to bottom, where it is mwork's and takes seconds;
/// of everything else each command, option, file, test, property and variable must be there. What they name under <c>fixtures/</c> is the
/// repository's; what they write under <c>artifacts/</c> goes to a folder that goes away. The examples of <c>--help</c> are run as well.
/// </summary>
public sealed class DocsCommandTests : IDisposable
{
    // What neither reads nor writes a file of the page's own says the same on every page, and is run once.
    private static readonly ConcurrentDictionary<string, CommandOutcome> s_known = [];

    private readonly TemporaryFolder _folder = new();
    private string? _trained;

    public static TheoryData<string> Pages => [.. DocsPage.All];

    public static TheoryData<string> Examples => [.. ((IEnumerable<object[]>)HelpTests.Commands).Select(row => (string)row[0])];

    /// <summary>With the evidence that a run of claims leaves behind, each as expected.</summary>
    public DocsCommandTests()
    {
        string evidence = Repository.Fixture("report", "before");
        foreach (string file in Directory.GetFiles(evidence, "*.json", SearchOption.AllDirectories).Where(file => !file.Contains("switched", StringComparison.Ordinal)))
        {
            string copy = _folder.File(Path.Combine("artifacts", "evidence", Path.GetRelativePath(evidence, file)));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Pages))]
    public void What_a_page_says_to_type_works(string page)
    {
        foreach (DocsCommand command in new DocsPage(page).Typed)
        {
            command.Faults().ShouldBeEmpty($"{page}: {command}");
            if (command.IsPlain)
            {
                Works(command.Arguments!, $"{page}: {command}");
            }
        }
    }

    [Theory, MemberData(nameof(Pages))]
    public void What_a_page_mentions_is_there(string page)
    {
        foreach (DocsCommand command in new DocsPage(page).Mentioned)
        {
            command.Unknown().ShouldBeEmpty($"{page}: {command}");
        }
    }

    [Theory]
    [InlineData("mwork detcet english-pivot", "mwork does not know 'detcet english-pivot'.")]
    [InlineData("mwork lens \"où vit le chien\" --svgg a.svg", "mwork does not know '--svgg")]
    [InlineData("mwork detect english-pivot --method lapse --out artifacts/a", "'lapse'")]
    [InlineData("dotnet run --project src/MWork.Cli -c Release -- train a.json", "'--seed' is required")]
    [InlineData("dotnet run --project src/MWork.Cmd -- doctor", "There is no src/MWork.Cmd.")]
    [InlineData("mwrok doctor", "There is no program 'mwrok'.")]
    [InlineData("MWORK_SUBJETC=a dotnet test tests/Hypotheses", "Nothing reads MWORK_SUBJETC.")]
    [InlineData("MWORK_SUBJECT=\"$PWD/fixtures/subjects/nobody.json\" dotnet test", "There is no fixtures/subjects/nobody.json.")]
    [InlineData("dotnet test tests/Hypothesis", "There is no tests/Hypothesis.")]
    [InlineData("dotnet test --filter Hypothesis=Convertion", "No test of tests is Hypothesis=Convertion.")]
    [InlineData("dotnet test tests/Regression --filter \"FullyQualifiedName~DigestTests|Claim=K3\"", "No test of tests/Regression is Claim=K3.")]
    [InlineData("dotnet test --filter FullyQualifiedName~NoSuchTests", "No test of tests is FullyQualifiedName~NoSuchTests.")]
    [InlineData("dotnet build -p:MWorkBackends=cuda", "No build reads the property MWorkBackends.")]
    public void What_names_nothing_is_found(string line, string fault) =>
        new DocsCommand(line).Faults().ShouldContain(sentence => sentence.Contains(fault, StringComparison.Ordinal));

    [Theory, MemberData(nameof(Examples))]
    public void The_example_of_a_command_works(string command)
    {
        // It begins with shards that there must be.
        if (command == "merge")
        {
            Works(["detect", "english-pivot", "--method", "lape", "--shard", "1/2", "--out", "artifacts/shard-1"], command);
            Works(["detect", "english-pivot", "--method", "lape", "--shard", "2/2", "--out", "artifacts/shard-2"], command);
        }

        Works(HelpTests.ExampleOf(command), command);
    }

    [Fact]
    public void The_page_has_every_command()
    {
        string[] lines = [.. new DocsPage("docs/cli.md").Typed.Select(command => command.Line)];
        foreach (string command in ((IEnumerable<object[]>)Examples).Select(row => (string)row[0]))
        {
            lines.ShouldContain(line => line.StartsWith($"mwork {command} ", StringComparison.Ordinal) || line == $"mwork {command}", command);
        }
    }

    private void Works(string[] args, string line)
    {
        // Minutes of training; for the commands that follow, what was trained so lies in the repository.
        if (args[0] == "train")
        {
            _trained = args[^1];
            return;
        }

        if (args[0] == "new")
        {
            args = [.. args, "--repository", Copy()];
        }

        string[] placed = [.. args.Select(Placed)];
        CommandOutcome outcome = placed.Any(arg => arg.StartsWith(_folder.Path, StringComparison.Ordinal))
            ? CommandLine.Run(placed)
            : s_known.GetOrAdd(string.Join('\n', placed), _ => CommandLine.Run(placed));
        outcome.Error.ShouldBeEmpty(line);
        outcome.Code.ShouldBe(ExitCodes.Success, line);
        outcome.Output.ShouldNotBeEmpty(line);
    }

    private string Placed(string argument) => argument == _trained ? Repository.Fixture("models", "english-pivot")
        : argument.StartsWith("fixtures/", StringComparison.Ordinal) ? Path.Combine(Repository.Root, argument)
        : argument.StartsWith("artifacts/", StringComparison.Ordinal) ? _folder.File(argument)
        : argument;

    // Enough of a repository to write a hypothesis into.
    private string Copy()
    {
        Stand(Repository.Fixture("world"), _folder.File("repository/fixtures/world"));
        return _folder.File("repository");
    }

    private static void Stand(string source, string destination)
    {
        Directory.CreateDirectory(destination);
        foreach (string file in Directory.GetFiles(source))
        {
            File.Copy(file, Path.Combine(destination, Path.GetFileName(file)), overwrite: true);
        }
    }
}
