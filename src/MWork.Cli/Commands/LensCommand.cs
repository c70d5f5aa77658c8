using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using MWork.Probes.Lenses;
using MWork.Probes.Models;
using MWork.Probes.Report;
using MWork.Probes.Subjects;
using Spectre.Console;

namespace MWork.Cli.Commands;

/// <summary>Shows what each layer would say next at each position of a prompt.</summary>
internal static class LensCommand
{
    public static Command Create(Terminal terminal)
    {
        var prompt = new Argument<string>("prompt") { Description = "In words that the model knows." };
        Option<string> subject = CommonOptions.Subject();
        Option<string?> svg = new Option<string?>("--svg") { Description = "Also draw the table into this file." }.WritesFile();
        var lens = new Option<string>("--lens")
        {
            Description = "normed (the final norm first, as the model itself does) or raw (without it, as the released code does).",
            DefaultValueFactory = _ => LogitLens.Normed.Name,
        };
        lens.AcceptOnlyFromAmong(LogitLens.Normed.Name, LogitLens.Raw.Name);
        Option<int?> threads = CommonOptions.Threads();
        Option<WeightPrecision?> weights = CommonOptions.Weights();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "lens",
            "What each layer would say next at each position of a prompt, by language. "
            + "Example: mwork lens \"où vit le chien ? réponse\" --svg artifacts/lens.svg")
        {
            prompt, subject, svg, lens, threads, weights, json,
        };
        command.SetAction(parsed => Run(
            terminal, parsed.GetRequiredValue(prompt), parsed.GetRequiredValue(subject), parsed.GetValue(svg),
            parsed.GetRequiredValue(lens) == LogitLens.Raw.Name ? LogitLens.Raw : LogitLens.Normed,
            parsed.GetValue(threads), parsed.GetValue(weights), parsed.GetValue(json)));
        return command;
    }

    private static int Run(
        Terminal terminal, string prompt, string name, string? svg, LogitLens lens, int? threads, WeightPrecision? weights, bool json)
    {
        using Studied studied = Look.Load(terminal, name, threads, weights, json);
        var table = LensTable.Measure(studied.Model, lens, studied.Encode(prompt));
        if (svg is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(svg))!);
            File.WriteAllText(svg, Draw(studied, table, prompt, lens).ToSvg());
        }

        if (json)
        {
            terminal.Write(Json(studied, table, lens));
            return ExitCodes.Success;
        }

        Table shown = new Table().Border(TableBorder.Rounded).AddColumn("Layer");
        foreach (int id in table.Prompt)
        {
            shown.AddColumn(new TableColumn(Look.Token(studied, id)));
        }

        for (int layer = 0; layer < table.Layers; layer++)
        {
            int at = layer;
            shown.AddRow(
            [
                new Text(layer.ToString(CultureInfo.InvariantCulture)),
                .. Enumerable.Range(0, table.Prompt.Count).Select(position => Look.Token(studied, table[at, position].Token, table[at, position].Probability)),
            ]);
        }

        terminal.Console.Write(shown);
        terminal.Console.Write(Look.Legend(studied.Tokens));
        terminal.Console.WriteLine();
        terminal.Console.WriteLine(
            $"Layer 0 is the state behind the first block, layer {table.Layers - 1} is what {studied.Name} says itself; bold: probability of at least one half."
            + (svg is null ? "" : $" Drawn in {svg}."));
        return ExitCodes.Success;
    }

    private static LensGrid Draw(Studied studied, LensTable table, string prompt, LogitLens lens)
    {
        return new LensGrid
        {
            Title = prompt,
            Subtitle = $"The likeliest next token behind each layer of {studied.Name}, by the {lens.Name} logit lens.",
            Languages = [.. studied.Tokens.Languages.Select(language => (language.Code, language.Name))],
            Prompt = [.. table.Prompt.Select(id => Cell(id, 1))],
            Layers = [.. Enumerable.Range(0, table.Layers).Select(layer => (IReadOnlyList<LensGridCell>)
                [.. Enumerable.Range(0, table.Prompt.Count).Select(position => Cell(table[layer, position].Token, table[layer, position].Probability))])],
            Zone = studied.Zones is { } zones ? ("task-solving", zones.SolvingFrom, zones.SolvingTo(table.Layers)) : null,
        };

        LensGridCell Cell(int id, double probability) => new(studied.Spell(id), studied.Tokens[id], probability);
    }

    private static JsonObject Json(Studied studied, LensTable table, LogitLens lens) => new()
    {
        ["subject"] = studied.Name,
        ["weights"] = studied.Model.Hash,
        ["lens"] = lens.Name,
        ["prompt"] = new JsonArray([.. table.Prompt.Select(id => Look.Json(studied, id))]),
        ["layers"] = new JsonArray([.. Enumerable.Range(0, table.Layers).Select(layer => new JsonArray(
            [.. Enumerable.Range(0, table.Prompt.Count).Select(position => Cell(studied, table[layer, position]))]))]),
    };

    private static JsonObject Cell(Studied studied, LensCell cell)
    {
        JsonObject json = Look.Json(studied, cell.Token);
        json["probability"] = cell.Probability;
        return json;
    }
}
