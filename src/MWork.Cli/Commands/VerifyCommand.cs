using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MWork.Probes.Models;
using MWork.Probes.Models.Checkpoints;
using MWork.Probes.Models.Parity;
using MWork.Probes.Tensors;
using MWork.Probes.Tokenizers;
using Spectre.Console;

namespace MWork.Cli.Commands;

/// <summary>Holds a model or a tokenizer against values computed elsewhere (<c>docs/verify.md</c>).</summary>
internal static class VerifyCommand
{
    private const int ShownCases = 20;

    public static Command Create(Terminal terminal)
    {
        var directory = new Argument<string>("directory")
        {
            Description = "Holds a checkpoint and expected.safetensors, or a tokenizer and expected.json, or all of them.",
        };
        Option<int?> threads = CommonOptions.Threads();
        Option<WeightPrecision?> weights = CommonOptions.Weights();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "verify",
            "Compare a model or a tokenizer with reference values; ends with 1 when one lies above its tolerance. "
            + "docs/verify.md says how to make them. Example: mwork verify fixtures/golden/models/qwen2")
        {
            directory, threads, weights, json,
        };
        command.SetAction(parsed => Run(
            terminal, parsed.GetRequiredValue(directory), parsed.GetValue(threads), parsed.GetValue(weights), parsed.GetValue(json)));
        return command;
    }

    private static int Run(Terminal terminal, string directory, int? threads, WeightPrecision? weights, bool json)
    {
        if (!Directory.Exists(directory))
        {
            throw new DirectoryNotFoundException($"{directory}: there is no such directory.");
        }

        bool hasModel = File.Exists(Path.Combine(directory, CheckpointParity.FileName));
        bool hasTokenizer = File.Exists(Path.Combine(directory, TokenizerParity.FileName));
        if (!hasModel && !hasTokenizer)
        {
            throw new FileNotFoundException(
                $"{directory}: holds neither {CheckpointParity.FileName} nor {TokenizerParity.FileName}; "
                + "docs/verify.md says how to make them.");
        }

        IReadOnlyList<ParityRow> rows = hasModel ? terminal.WhileLoading(directory, json, Compare) : [];
        IReadOnlyList<TokenizerParityCase> cases = hasTokenizer ? TokenizerParity.Run(directory) : [];
        bool passes = rows.All(row => row.Passes) && cases.All(c => c.Passes);
        if (json)
        {
            terminal.Write(Json(directory, rows, cases, passes));
        }
        else
        {
            ShowModel(terminal, rows);
            ShowTokenizer(terminal, cases);
        }

        return passes ? ExitCodes.Success : ExitCodes.Refuted;

        IReadOnlyList<ParityRow> Compare(IProgress<LoadProgress>? progress) =>
            CheckpointParity.Run(directory, Backends.Create(threads: threads), progress, weights);
    }

    private static void ShowModel(Terminal terminal, IReadOnlyList<ParityRow> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        Table table = new Table().Border(TableBorder.Rounded).AddColumns("Tensor", "Largest difference", "Tolerance", "");
        foreach (ParityRow row in rows)
        {
            table.AddRow(
                new Text(row.Tensor),
                new Text(Number(row.Difference) + (row.Relative ? " relative" : "")),
                new Text(Number(row.Tolerance)),
                Mark(row.Passes));
        }

        terminal.Console.Write(table);
        int failed = rows.Count(row => !row.Passes);
        terminal.Console.WriteLine(failed == 0
            ? $"The model agrees with the reference in all {rows.Count} tensors."
            : $"The model differs from the reference in {failed} of {rows.Count} tensors.");
    }

    private static void ShowTokenizer(Terminal terminal, IReadOnlyList<TokenizerParityCase> cases)
    {
        if (cases.Count == 0)
        {
            return;
        }

        Table table = new Table().Border(TableBorder.Rounded).AddColumns("Compared", "Cases", "Differ", "");
        foreach ((string name, Func<TokenizerParityCase, string?> difference) in Aspects())
        {
            int differ = cases.Count(c => difference(c) is not null);
            table.AddRow(
                new Text(name),
                new Text(cases.Count.ToString(CultureInfo.InvariantCulture)),
                new Text(differ.ToString(CultureInfo.InvariantCulture)),
                Mark(differ == 0));
        }

        terminal.Console.Write(table);
        TokenizerParityCase[] failed = [.. cases.Where(c => !c.Passes)];
        foreach (TokenizerParityCase c in failed.Take(ShownCases))
        {
            foreach ((string name, Func<TokenizerParityCase, string?> difference) in Aspects())
            {
                if (difference(c) is { } what)
                {
                    terminal.Console.WriteLine($"{name} of {JsonSerializer.Serialize(c.Text)}: {what}");
                }
            }
        }

        string shown = failed.Length > ShownCases ? $", {ShownCases} of them shown; --json has all" : "";
        terminal.Console.WriteLine(failed.Length == 0
            ? $"The tokenizer agrees with the reference in all {cases.Count} cases."
            : $"The tokenizer differs from the reference in {failed.Length} of {cases.Count} cases{shown}.");
    }

    private static JsonObject Json(string directory, IReadOnlyList<ParityRow> rows, IReadOnlyList<TokenizerParityCase> cases, bool passes)
    {
        IEnumerable<JsonObject> tensors = rows.Select(row => new JsonObject
        {
            ["tensor"] = row.Tensor,

            // JSON has no NaN.
            ["difference"] = double.IsFinite(row.Difference) ? row.Difference : null,
            ["tolerance"] = row.Tolerance,
            ["relative"] = row.Relative,
            ["passes"] = row.Passes,
        });
        IEnumerable<JsonObject> texts = cases.Select(c => new JsonObject
        {
            ["text"] = c.Text,
            ["passes"] = c.Passes,
            ["ids"] = c.Ids,
            ["ids_plain"] = c.IdsPlain,
            ["tokens"] = c.Tokens,
            ["decoded"] = c.Decoded,
        });
        return new JsonObject
        {
            ["directory"] = directory,
            ["passes"] = passes,
            ["tensors"] = new JsonArray([.. tensors]),
            ["cases"] = new JsonArray([.. texts]),
        };
    }

    private static (string Name, Func<TokenizerParityCase, string?> Difference)[] Aspects() =>
        [("ids", c => c.Ids), ("ids_plain", c => c.IdsPlain), ("tokens", c => c.Tokens), ("decoded", c => c.Decoded)];

    private static Markup Mark(bool passes) => new(passes ? "[green]agrees[/]" : "[red]differs[/]");

    private static string Number(double value) => value.ToString("0.0e+00", CultureInfo.InvariantCulture);
}
