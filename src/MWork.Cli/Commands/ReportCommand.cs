using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using MWork.Probes.Evidence;
using MWork.Probes.Report;
using Spectre.Console;
using Markup = Spectre.Console.Markup;

namespace MWork.Cli.Commands;

/// <summary>Renders evidence as a page (<c>docs/reading-the-report.md</c>); no model is needed.</summary>
internal static class ReportCommand
{
    public static Command Create(Terminal terminal)
    {
        var evidence = new Argument<string>("evidence")
        {
            Description = "A folder of evidence, as tests leave it.",
            DefaultValueFactory = _ => "artifacts/evidence",
        };
        Option<string> output = new Option<string>("--out")
        {
            Description = "The folder for index.html and the drawings.",
            DefaultValueFactory = _ => "artifacts/report",
        }.WritesDirectory();
        var compare = new Option<string[]>("--compare")
        {
            Description = "Two folders of evidence, before and after: the page shows the second, and first what moved.",
            Arity = new ArgumentArity(2, 2),
            AllowMultipleArgumentsPerToken = true,
        };
        Option<string?> markdown = new Option<string?>("--markdown") { Description = "A file for a short table, such as a pull request takes." }.WritesFile();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "report",
            "Render evidence as one page that needs no network; ends with 1 when a verdict is not the expected one, a file cannot be read, or, with "
            + "--compare, a verdict changed. Example: mwork report artifacts/evidence --markdown artifacts/report/summary.md")
        {
            evidence, output, compare, markdown, json,
        };
        command.SetAction(parsed => Run(
            terminal,
            parsed.GetRequiredValue(evidence),
            parsed.GetRequiredValue(output),
            parsed.GetValue(compare) ?? [],
            parsed.GetValue(markdown),
            parsed.GetValue(json)));
        return command;
    }

    private static int Run(Terminal terminal, string evidence, string output, string[] compare, string? markdown, bool json)
    {
        EvidenceFolder shown = Read(compare.Length == 2 ? compare[1] : evidence);
        Comparison? comparison = compare.Length == 2 ? Comparison.Of(Read(compare[0]), shown) : null;
        string page = ReportWriter.Write(output, shown, comparison);
        if (markdown is not null)
        {
            if (Path.GetDirectoryName(Path.GetFullPath(markdown)) is { } directory)
            {
                Directory.CreateDirectory(directory);
            }

            ReportWriter.WriteWhole(markdown, MarkdownSummary.Render(shown, comparison));
        }

        Result[] all = [.. new ResultTable(shown.Evidence).All];
        if (json)
        {
            terminal.Write(Json(page, shown, all, comparison));
        }
        else
        {
            Show(terminal, page, shown, all, comparison);
        }

        bool holds = shown.Problems.Count == 0 && all.All(result => result.IsExpected) && comparison?.Moves.Any(move => move.ChangesVerdict) is not true;
        return holds ? ExitCodes.Success : ExitCodes.Refuted;
    }

    private static EvidenceFolder Read(string path)
    {
        if (!Directory.Exists(path))
        {
            throw new DirectoryNotFoundException($"{path}: there is no such folder of evidence; dotnet test leaves one in artifacts/evidence.");
        }

        EvidenceFolder folder = EvidenceFolder.Read(path);
        return folder.Evidence.Count > 0 || folder.Problems.Count > 0
            ? folder
            : throw new FileNotFoundException($"{path}: holds no evidence; dotnet test leaves some in artifacts/evidence.");
    }

    private static void Show(Terminal terminal, string page, EvidenceFolder folder, Result[] all, Comparison? comparison)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumns("Claim", "Subject", "Verdict", "Expected", "Criterion", "Effect", "CI", "p", "n");
        foreach (Result result in comparison is null ? all : [.. all.Where(result => !result.IsExpected)])
        {
            Finding? finding = result.Deciding;
            table.AddRow(
                new Text(result.Evidence.Claim.Id),
                new Text(result.Evidence.Subject),
                new Text(result.Evidence.Verdict.ToString()),
                new Markup(result.IsExpected ? "" : $"[bold]{result.Evidence.Expected}[/]"),
                new Text(finding?.Name ?? ""),
                new Text(finding is null ? "" : Number(finding.Estimate)),
                new Text(finding?.Interval.IsDefined is true ? $"{Number(finding.Interval.Low)} … {Number(finding.Interval.High)}" : ""),
                new Text(finding is null || double.IsNaN(finding.P) ? "" : finding.P.ToString("0.0000", CultureInfo.InvariantCulture)),
                new Text(finding?.N.ToString(CultureInfo.InvariantCulture) ?? ""));
        }

        if (table.Rows.Count > 0)
        {
            terminal.Console.Write(table);
        }

        if (comparison is not null)
        {
            Table moved = new Table().Border(TableBorder.Rounded).AddColumns("Claim", "Subject", "Criterion", "Before", "After", "Changed with it");
            foreach (Move move in comparison.Moves)
            {
                moved.AddRow(new[] { move.Claim, move.Subject, move.Criterion, Side(move.VerdictBefore, move.Before), Side(move.VerdictAfter, move.After), move.Why }
                    .Select(Markup.Escape).ToArray());
            }

            if (moved.Rows.Count > 0)
            {
                terminal.Console.Write(moved);
            }

            terminal.Console.WriteLine($"{comparison.Moves.Count} criteria moved, {comparison.Same} are the same to the bit.");
        }

        foreach (string problem in folder.Problems)
        {
            terminal.Error.WriteLine($"mwork: {problem}");
        }

        int surprises = all.Count(result => !result.IsExpected);
        terminal.Console.WriteLine($"{all.Length} {(all.Length == 1 ? "verdict" : "verdicts")}, {(surprises == 0 ? "all as expected" : $"{surprises} not as expected")}. The page: {page}");

        static string Side(Verdict? verdict, Finding? finding) => finding is null ? "" : $"{verdict} {Number(finding.Estimate)}";
    }

    private static JsonObject Json(string page, EvidenceFolder folder, Result[] all, Comparison? comparison)
    {
        var json = new JsonObject
        {
            ["page"] = page,
            ["unexpected"] = all.Count(result => !result.IsExpected),
            ["unreadable"] = new JsonArray([.. folder.Problems.Select(problem => (JsonNode)problem)]),
            ["verdicts"] = new JsonArray([.. all.Select(result => Json(result))]),
        };
        if (comparison is not null)
        {
            json["same"] = comparison.Same;
            json["moved"] = new JsonArray([.. comparison.Moves.Select(move => new JsonObject
            {
                ["claim"] = move.Claim,
                ["subject"] = move.Subject,
                ["criterion"] = move.Criterion,
                ["before"] = Json(move.VerdictBefore, move.Before),
                ["after"] = Json(move.VerdictAfter, move.After),
                ["changed"] = move.Why,
            })]);
        }

        return json;
    }

    private static JsonObject Json(Result result)
    {
        JsonObject json = Json(result.Evidence.Verdict, result.Deciding)!;
        json.Insert(0, "claim", result.Evidence.Claim.Id);
        json.Insert(1, "subject", result.Evidence.Subject);
        json["expected"] = result.Evidence.Expected.ToString();
        json["criterion"] = result.Deciding?.Name;
        json["p"] = Finite(result.Deciding?.P);
        json["q"] = Finite(result.Q);
        json["n"] = result.Deciding?.N;
        json["power"] = Finite(result.Evidence.Power?.Power);
        json["smallestDetectable"] = Finite(result.Evidence.Power?.SmallestDetectable);
        return json;
    }

    private static JsonObject? Json(Verdict? verdict, Finding? finding) => verdict is null ? null : new JsonObject
    {
        ["verdict"] = verdict.ToString(),
        ["effect"] = Finite(finding?.Estimate),
        ["low"] = Finite(finding?.Interval.Low),
        ["high"] = Finite(finding?.Interval.High),
    };

    // JSON has no NaN and no infinities.
    private static JsonNode? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;

    private static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("0.000", CultureInfo.InvariantCulture);
}
