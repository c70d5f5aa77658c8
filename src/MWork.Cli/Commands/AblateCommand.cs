using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Neurons;
using MWork.Probes.Subjects;
using MWork.Probes.Tasks;
using MWork.Probes.Text;
using Spectre.Console;

namespace MWork.Cli.Commands;

/// <summary>Switches neurons off and shows what a model says before and after.</summary>
internal static class AblateCommand
{
    public static Command Create(Terminal terminal)
    {
        var prompt = new Argument<string>("prompt") { Description = "In words that the model knows." };
        Option<string> subject = CommonOptions.Subject();
        var neurons = new Option<string>("--neurons")
        {
            Description = "What to switch off: a file that mwork detect or attribute wrote, or a list such as 3.ffn.17,4.ffn (layer from 0; without an index all of the layer).",
            Required = true,
        };
        var language = new Option<string?>("--language") { Description = "Whose neurons of the file." };
        var layers = new Option<string?>("--layers") { Description = "Only the neurons of these layers, such as 1-3." };
        var task = new Option<TaskKind?>("--task")
        {
            Description = "Also ask the subject's selection questions in every language: knowledge or reasoning.",
            CustomParser = result =>
            {
                if (result.Tokens[^1].Value is "knowledge" or "reasoning")
                {
                    return result.Tokens[^1].Value == "knowledge" ? TaskKind.Knowledge : TaskKind.Reasoning;
                }

                result.AddError($"--task is '{result.Tokens[^1].Value}' but must be knowledge or reasoning");
                return null;
            },
        };
        Option<int?> top = CommonOptions.Number<int>("--top", "Answers of each run to show (5).", n => n >= 1, CommonOptions.AtLeastOne);
        Option<int?> threads = CommonOptions.Threads();
        Option<WeightPrecision?> weights = CommonOptions.Weights();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "ablate",
            "Switch neurons off and compare the answers. "
            + "Example: mwork ablate \"où vit le chien ? réponse\" --neurons 4.ffn --task knowledge")
        {
            prompt, subject, neurons, language, layers, task, top, threads, weights, json,
        };
        command.SetAction(parsed => Run(
            terminal, parsed.GetRequiredValue(prompt), parsed.GetRequiredValue(subject),
            studied => Neurons(studied, parsed.GetRequiredValue(neurons), parsed.GetValue(language), parsed.GetValue(layers)),
            parsed.GetValue(task), parsed.GetValue(top) ?? AnswerTable.DefaultTop, parsed.GetValue(threads), parsed.GetValue(weights), parsed.GetValue(json)));
        return command;
    }

    /// <summary>The neurons that <c>--neurons</c>, <c>--language</c> and <c>--layers</c> name.</summary>
    /// <exception cref="NeuronFileException">The file is of another model, or has no such language.</exception>
    public static NeuronSet Neurons(Studied studied, string named, string? language, string? layers)
    {
        var layout = NeuronLayout.Of(studied.Model.Decoder.Config);
        bool isFile = named.EndsWith(".json", StringComparison.Ordinal);
        if (!isFile && language is not null)
        {
            throw new ArgumentException("--language says whose neurons of a file, and --neurons names no file; leave it out.");
        }

        NeuronSet set = isFile ? NeuronSetFile.Load(named).Of(studied.Model, language, named) : NeuronList.Parse(named, layout);
        return layers is null ? set : set.InLayers(Layers(layers, layout.Layers));
    }

    /// <summary>Layers as one writes them, <c>1-3</c> or <c>2</c>.</summary>
    public static IReadOnlyList<int> Layers(string text, int layers)
    {
        string[] ends = text.Split('-');
        return ends.Length is 1 or 2
            && int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int first)
            && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int last)
            && first <= last && last < layers
                ? [.. Enumerable.Range(first, last - first + 1)]
                : throw new ArgumentException($"--layers is '{text}' but must be one or two of 0 to {layers - 1}, such as 1-{Math.Min(3, layers - 1)}.");
    }

    private static int Run(
        Terminal terminal, string prompt, string name, Func<Studied, NeuronSet> choose, TaskKind? task, int top, int? threads,
        WeightPrecision? weights, bool json)
    {
        using Studied studied = Look.Load(terminal, name, threads, weights, json);
        int[] ids = studied.Encode(prompt);
        NeuronSet off = choose(studied);
        if (task is not null && studied.Subject is null)
        {
            throw new ArgumentException($"{studied.Name} has no questions, since no subject's file describes it; leave --task out.");
        }

        IReadOnlyList<AnswerChange> answers = NextToken.Compare(
            NextToken.Probabilities(studied.Model, ids),
            NextToken.Probabilities(studied.Model, ids, _ => SitePlan.None.Zero(off)),
            top);
        IReadOnlyList<LanguageAccuracy> accuracies = task is { } kind ? LanguageAccuracy.Measure(studied.Subject!, off, kind) : [];
        if (json)
        {
            terminal.Write(new JsonObject
            {
                ["subject"] = studied.Name,
                ["weights"] = studied.Model.Hash,
                ["prompt"] = prompt,
                ["neurons"] = off.Count,
                ["answers"] = AnswerTable.Json(studied, answers),
                ["languages"] = new JsonArray([.. accuracies.Select(Json)]),
            });
            return ExitCodes.Success;
        }

        terminal.Console.Write(AnswerTable.Of(studied, answers, $"{off.Count} neurons off"));
        if (accuracies.Count > 0)
        {
            terminal.Console.Write(Accuracy(accuracies));
        }

        return ExitCodes.Success;
    }

    private static Table Accuracy(IReadOnlyList<LanguageAccuracy> rows)
    {
        Table table = new Table().Border(TableBorder.Rounded).Title("Share of selection questions answered right")
            .AddColumns("Language", "Questions", "Clean", "Off", "Chance", "Loss of log-odds");
        foreach (LanguageAccuracy row in rows)
        {
            table.AddRow(
                row.Language.Code, row.Items.ToString(CultureInfo.InvariantCulture), Number(row.Before), Number(row.After), Number(row.Chance), Number(row.Drop));
        }

        return table;
    }

    private static JsonObject Json(LanguageAccuracy row) => new()
    {
        ["language"] = row.Language.Code,
        ["questions"] = row.Items,
        ["clean"] = row.Before,
        ["off"] = row.After,
        ["chance"] = row.Chance,
        ["logOddsLost"] = row.Drop,
    };

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
