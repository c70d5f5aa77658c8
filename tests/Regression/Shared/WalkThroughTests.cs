using System.Text.RegularExpressions;
using MWork.Testing;
using Shouldly;

namespace MWork.Regression.Shared;

/// <summary>The C# of the walk-through is quoted from the tree, where it is compiled and run; here the quotes are held to it.</summary>
public sealed partial class WalkThroughTests
{
    private static readonly Lazy<string[]> s_sources = new(() =>
        [.. new[] { "src", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(path => Flat(File.ReadAllText(path)))]);

    private static string Page => Path.Combine(Repository.Root, "docs", "add-a-hypothesis.md");

    public static TheoryData<int> Snippets => [.. Enumerable.Range(0, Fences(Page).Length)];

    [Theory, MemberData(nameof(Snippets))]
    public void Code_in_the_walk_through_stands_in_the_tree(int number)
    {
        string snippet = Fences(Page)[number];
        s_sources.Value.ShouldContain(source => source.Contains(Flat(snippet)), $"snippet {number + 1}:\n{snippet}");
    }

    [Fact]
    public void The_walk_through_quotes_code() => Fences(Page).Length.ShouldBeGreaterThanOrEqualTo(5);

    private static string[] Fences(string path) => [.. Fence().Matches(File.ReadAllText(path)).Select(match => match.Groups["code"].Value)];

    // Indentation differs between a page and its source; nothing else may.
    private static string Flat(string code) => Space().Replace(code, " ").Trim();

    [GeneratedRegex(@"^ *```csharp\n(?<code>.*?)^ *```", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Space();
}
