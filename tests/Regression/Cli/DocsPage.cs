using System.Text.RegularExpressions;
using MWork.Testing;

namespace MWork.Regression.Cli;

/// <summary>The commands of one page: those that a reader types (blocks marked <c>bash</c>), and those that it mentions in a line or in another block.</summary>
internal sealed partial class DocsPage
{
    /// <param name="name">Relative to the repository.</param>
    public DocsPage(string name)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, name)).ReplaceLineEndings("\n");
        Block[] blocks = [.. Fence().Matches(text).Select(fence => new Block(fence.Groups["kind"].Value, fence.Groups["lines"].Value))];
        Typed = [.. blocks.Where(block => block.Kind == "bash").SelectMany(block => block.Lines).Select(line => new DocsCommand(line))];
        IEnumerable<string> others = blocks.Where(block => block.Kind != "bash").SelectMany(block => block.Lines)
            .Select(line => Command().Match(Expression().Replace(line, "$"))).Where(command => command.Success).Select(command => command.Value);
        IEnumerable<string> inline = Code().Matches(Fence().Replace(text, "")).Select(code => code.Groups["code"].Value.Replace('\n', ' '));
        Mentioned = [.. others.Concat(inline).Select(line => new DocsCommand(line))];
    }

    /// <summary>All pages that there are.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "README.md",
        "CONTRIBUTING.md",
        .. Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md").Select(page => $"docs/{Path.GetFileName(page)}").Order(StringComparer.Ordinal),
    ];

    public IReadOnlyList<DocsCommand> Typed { get; }

    /// <summary>Code of any kind that stands in a line, and commands in blocks that are no <c>bash</c>, such as a job's script.</summary>
    public IReadOnlyList<DocsCommand> Mentioned { get; }

    [GeneratedRegex(@"^ *```(?<kind>\w*)\n(?<lines>.*?)^ *```", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fence();

    [GeneratedRegex("`(?<code>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();

    [GeneratedRegex("(mwork|dotnet) [^']+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Command();

    // What a workflow puts in place: ${{ matrix.shard }}.
    [GeneratedRegex(@"\$\{\{[^}]*\}\}", RegexOptions.None, 1000)]
    private static partial Regex Expression();

    private sealed record Block(string Kind, string Text)
    {
        // A line that ends in a backslash goes on in the next.
        public IEnumerable<string> Lines => Text.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
