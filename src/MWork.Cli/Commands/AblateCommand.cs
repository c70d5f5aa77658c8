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
        var neurons = new NeuronOptions("What to switch off", NeuronOptions.OfThese, required: true);
        var task = new Option<TaskKind?>("--task")
        {
            HelpName = "knowledge|reasoning",
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
            prompt, subject, task, top, threads, weights, json,
        };
        neurons.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            terminal, parsed.GetRequiredValue(prompt), parsed.GetRequiredValue(subject),
            studied => neurons.Of(parsed, studied)!, parsed.GetValue(task), parsed.GetValue(top) ?? AnswerTable.DefaultTop,
            parsed.GetValue(threads), parsed.GetValue(weights), parsed.GetValue(json), cancellation)));
        return command;
    }

    private static int Run(
        Terminal terminal, string prompt, string name, Func<Studied, NeuronSet> choose, TaskKind? task, int top, int? threads,
        WeightPrecision? weights, bool json, CancellationToken cancellation)
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
        IReadOnlyList<LanguageAccuracy> accuracies = task is { } kind
            ? terminal.WhileCounting(
                "questions by language", studied.Subject!.Languages.Count, json, bar => LanguageAccuracy.Measure(studied.Subject, off, kind, bar, cancellation))
            : [];
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
