using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using MWork.Cli;
using MWork.Cli.Commands;
using MWork.Testing;

namespace MWork.Regression.Cli;

/// <summary>A command as a page has it, and what in it names nothing.</summary>
internal sealed partial class DocsCommand(string line)
{
    // What a page may tell a reader to type.
    private static readonly string[] s_programs =
        [".ci/run", "cat", "cd", "cp", "curl", "dotnet", "export", "find", "git", "hf", "mwork", "nvidia-smi", "pipx", "sudo"];

    private static readonly string[] s_folders = [".ci/", "benchmarks/", "docs/", "fixtures/", "src/", "tests/"];

    private static readonly Lazy<string> s_build = new(() => Text(".", "*.props") + Text("src", "*.csproj") + Text("tests", "*.csproj"));
    private static readonly Lazy<string> s_code = new(() => Text("src", "*.cs") + Text("tests", "*.cs"));
    private static readonly Lazy<string> s_workflows = new(() => Text(".github/workflows", "*.yml"));

    public string Line { get; } = line;

    /// <summary>What is typed behind <c>mwork</c>, also where it is run from the project; null where the command is another's.</summary>
    public string[]? Arguments => Line.StartsWith("mwork ", StringComparison.Ordinal) ? Split(Line)[1..]
        : Line.StartsWith("dotnet run --project src/MWork.Cli ", StringComparison.Ordinal) && Line.IndexOf(" -- ", StringComparison.Ordinal) is var at and > 0
            ? Split(Line[(at + 4)..])
            : null;

    /// <summary>Whether it can be run as it stands, without a shell.</summary>
    public bool IsPlain => Arguments is not null && !Line.Contains('$', StringComparison.Ordinal);

    /// <summary>What is wrong with a line that a reader types, a sentence each.</summary>
    public IEnumerable<string> Faults() =>
    [
        .. Split(Line).FirstOrDefault(word => !Assignment().IsMatch(word)) is { } program && !s_programs.Contains(program, StringComparer.Ordinal)
            ? new[] { $"There is no program '{program}'." }
            : [],
        .. IsPlain ? Parsed().Errors.Select(error => error.Message) : [],
        .. Unknown(),
    ];

    /// <summary>What in it names nothing: commands, options, files, tests, properties and variables of this repository.</summary>
    public IEnumerable<string> Unknown()
    {
        if (Arguments is { Length: > 0 } && Parsed().UnmatchedTokens is { Count: > 0 } unknown)
        {
            yield return $"mwork does not know '{string.Join(' ', unknown)}'.";
        }

        foreach (string path in Split(Line).Select(word => PrefixOfPath().Replace(word, "")).Where(word => s_folders.Any(folder => word.StartsWith(folder, StringComparison.Ordinal))))
        {
            // Up to the first part that stands for others.
            string fixedPart = string.Join('/', path.Split('/').TakeWhile(part => part.IndexOfAny(['*', '{', '$', '<']) < 0 && part.Any(char.IsAsciiLetterLower)));
            if (!Path.Exists(Path.Combine(Repository.Root, fixedPart)))
            {
                yield return $"There is no {path}.";
            }
        }

        foreach (string variable in Variable().Matches(Line).Select(variable => variable.Value).Where(name =>
            !s_code.Value.Contains($"\"{name}\"", StringComparison.Ordinal) && !s_workflows.Value.Contains(name, StringComparison.Ordinal)))
        {
            yield return $"Nothing reads {variable}.";
        }

        foreach (string property in Property().Matches(Line).Select(property => property.Groups["name"].Value)
            .Where(name => !s_build.Value.Contains($"$({name})", StringComparison.Ordinal)))
        {
            yield return $"No build reads the property {property}.";
        }

        foreach (Match filter in Filter().Matches(Line))
        {
            string project = Split(Line).FirstOrDefault(word => word.StartsWith("tests/", StringComparison.Ordinal)) ?? "tests";
            foreach (string term in filter.Groups["terms"].Value.Trim('"').Split('&', '|').Where(term => !Selects(project, term)))
            {
                yield return $"No test of {project} is {term}.";
            }
        }
    }

    public override string ToString() => Line;

    // Traits are attributes of that name, such as Hypothesis("Conversion"); names are those of classes in their namespaces.
    private static bool Selects(string project, string term)
    {
        string[] parts = term.Split('~', '=');
        string[] files = Directory.Exists(Path.Combine(Repository.Root, project))
            ? [.. Directory.GetFiles(Path.Combine(Repository.Root, project), "*.cs", SearchOption.AllDirectories).Where(file => !file.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText)]
            : [];
        return parts.Length == 2 && files.Any(file => parts[0] == "FullyQualifiedName"
            ? Class().Matches(file).Any(name => $"{Namespace().Match(file).Groups["name"].Value}.{name.Groups["name"].Value}".Contains(parts[1], StringComparison.Ordinal))
            : file.Contains($"{parts[0]}(\"{parts[1]}\"", StringComparison.Ordinal));
    }

    private ParseResult Parsed() => Root.Create(new Terminal(TextWriter.Null, TextWriter.Null)).Parse(Arguments!, new ParserConfiguration { ResponseFileTokenReplacer = null });

    private static string[] Split(string text) => [.. CommandLineParser.SplitCommandLine(text)];

    private static string Text(string folder, string pattern) => string.Concat(Directory
        .GetFiles(Path.Combine(Repository.Root, folder), pattern, folder == "." ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories).Select(File.ReadAllText));

    [GeneratedRegex(@"^\w+=", RegexOptions.None, 1000)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"^(\w+=)?(\$PWD/)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PrefixOfPath();

    [GeneratedRegex("MWORK_[A-Z_]+", RegexOptions.None, 1000)]
    private static partial Regex Variable();

    [GeneratedRegex(@"-p:(?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Property();

    [GeneratedRegex(@"--filter (?<terms>""[^""]+""|\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Filter();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\bclass (?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Class();
}
