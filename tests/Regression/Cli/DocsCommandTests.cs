using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using MWork.Cli;
using MWork.Regression.Checkpoints;
using MWork.Testing;
using Shouldly;

namespace MWork.Regression.Cli;

/// <summary>
/// The commands of the pages that teach them, and the examples of <c>--help</c>, are run as they stand there, page by page from top to bottom. What they
/// name under <c>fixtures/</c> is the repository's; what they write under <c>artifacts/</c> goes to a folder that goes away.
/// </summary>
public sealed partial class DocsCommandTests : IDisposable
{
    private static readonly string[] s_pages = ["cli.md", "scale-out.md"];

    // Minutes of training.
    private static readonly string[] s_slow = ["train"];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Pages => [.. s_pages];

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
    public void The_commands_of_a_page_work(string page)
    {
        string[] lines = Lines(page);
        lines.Length.ShouldBeGreaterThan(2);
        foreach (string line in lines)
        {
            Works([.. CommandLineParser.SplitCommandLine(line).Skip(1)], line);
        }
    }

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
        string[] lines = Lines("cli.md");
        foreach (string command in ((IEnumerable<object[]>)Examples).Select(row => (string)row[0]))
        {
            lines.ShouldContain(line => line.StartsWith($"mwork {command} ", StringComparison.Ordinal) || line == $"mwork {command}", command);
        }
    }

    private static string[] Lines(string page) =>
    [
        .. Fence().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", page)))
            .Select(fence => fence.Groups["lines"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            .Where(lines => lines.All(line => line.StartsWith("mwork ", StringComparison.Ordinal)))
            .SelectMany(lines => lines),
    ];

    private void Works(string[] args, string line)
    {
        if (s_slow.Contains(args[0], StringComparer.Ordinal))
        {
            return;
        }

        if (args[0] == "new")
        {
            args = [.. args, "--repository", Copy()];
        }

        CommandOutcome outcome = CommandLine.Run([.. args.Select(Placed)]);
        outcome.Error.ShouldBeEmpty(line);
        outcome.Code.ShouldBe(ExitCodes.Success, line);
        outcome.Output.ShouldNotBeEmpty(line);
    }

    private string Placed(string argument) => argument.StartsWith("fixtures/", StringComparison.Ordinal) ? Path.Combine(Repository.Root, argument)
        : argument.StartsWith("artifacts/", StringComparison.Ordinal) ? _folder.File(argument)
        : argument;

    // Enough of a repository to write a hypothesis into.
    private string Copy()
    {
        string world = _folder.File("repository/fixtures/world");
        Directory.CreateDirectory(world);
        foreach (string file in Directory.GetFiles(Repository.Fixture("world")))
        {
            File.Copy(file, Path.Combine(world, Path.GetFileName(file)), overwrite: true);
        }

        return _folder.File("repository");
    }

    [GeneratedRegex(@"^```bash\n(?<lines>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fence();
}
