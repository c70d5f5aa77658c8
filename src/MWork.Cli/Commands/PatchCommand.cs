using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Neurons;
using MWork.Probes.Subjects;
using Spectre.Console;

namespace MWork.Cli.Commands;

/// <summary>Puts what another prompt's run holds into a prompt's run, layer by layer, and shows whose answer comes out.</summary>
internal static class PatchCommand
{
    public static Command Create(Terminal terminal)
    {
        var prompt = new Argument<string>("prompt") { Description = "In words that the model knows." };
        var donor = new Option<string>("--from") { Description = "The prompt whose run gives the values; aligned from the end.", Required = true };
        Option<string> subject = CommonOptions.Subject();
        var neurons = new NeuronOptions("Patch these neurons, and not the residual stream layer by layer", "Only these layers, such as 1-3 (all).");
        var everywhere = new Option<bool>("--all-positions") { Description = "Patch every position, not the last one only." };
        Option<int?> top = CommonOptions.Number<int>("--top", "Answers of each run to show (5).", n => n >= 1, CommonOptions.AtLeastOne);
        Option<int?> threads = CommonOptions.Threads();
        Option<WeightPrecision?> weights = CommonOptions.Weights();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "patch",
            "Take values over from another prompt's run and compare the answers. "
            + "Example: mwork patch \"où vit le chien ? réponse\" --from \"où vit le mouton ? réponse\"")
        {
            prompt, donor, subject, everywhere, top, threads, weights, json,
        };
        neurons.AddTo(command);
        command.SetAction(parsed => Run(
            terminal, parsed.GetRequiredValue(prompt), parsed.GetRequiredValue(donor), parsed.GetRequiredValue(subject),
            studied => Steps(neurons.Of(parsed, studied), neurons.Layers(parsed, studied), parsed.GetValue(everywhere) ? null : [0]),
            parsed.GetValue(top) ?? AnswerTable.DefaultTop, parsed.GetValue(threads), parsed.GetValue(weights), parsed.GetValue(json)));
        return command;
    }

    // One run per layer of the residual stream, or one of all the neurons.
    private static (string Name, Patch[] Patches)[] Steps(NeuronSet? neurons, IReadOnlyList<int> layers, int[]? fromEnd) => neurons is null
        ? [.. layers.Select(layer => (string.Create(CultureInfo.InvariantCulture, $"layer {layer}"), new[] { Patch.Residual(layer, fromEnd) }))]
        : [($"{neurons.Count} neurons", [.. Patch.Neurons(neurons, fromEnd)])];

    private static int Run(
        Terminal terminal, string prompt, string donor, string name, Func<Studied, (string Name, Patch[] Patches)[]> choose, int top, int? threads,
        WeightPrecision? weights, bool json)
    {
        using Studied studied = Look.Load(terminal, name, threads, weights, json);
        int[] ids = studied.Encode(prompt);
        int[] given = studied.Encode(donor);
        (string Name, Patch[] Patches)[] steps = choose(studied);
        float[] clean = NextToken.Probabilities(studied.Model, ids);
        float[] donors = NextToken.Probabilities(studied.Model, given);
        (string Name, float[] Probabilities)[] patched = [.. steps.Select(step =>
            (step.Name, NextToken.Probabilities(studied.Model, ids, Patching.From(studied.Model, [given], step.Patches))))];
        int own = Array.IndexOf(clean, clean.Max());
        int others = Array.IndexOf(donors, donors.Max());
        if (json)
        {
            terminal.Write(new JsonObject
            {
                ["subject"] = studied.Name,
                ["weights"] = studied.Model.Hash,
                ["prompt"] = prompt,
                ["from"] = donor,
                ["answer"] = Look.Json(studied, own),
                ["donorAnswer"] = Look.Json(studied, others),
                ["clean"] = AnswerTable.Json(studied, NextToken.Compare(clean, donors, top)),
                ["patched"] = new JsonArray([.. patched.Select(step => new JsonObject
                {
                    ["patched"] = step.Name,
                    ["answers"] = AnswerTable.Json(studied, NextToken.Compare(clean, step.Probabilities, top)),
                })]),
            });
            return ExitCodes.Success;
        }

        Table table = new Table().Border(TableBorder.Rounded).AddColumns(
            "Patched", $"P({Markup.Escape(studied.Spell(own))})", $"P({Markup.Escape(studied.Spell(others))})", "Then says");
        Add("nothing", clean);
        foreach ((string step, float[] probabilities) in patched)
        {
            Add(step, probabilities);
        }

        Add("(the donor itself)", donors);
        terminal.Console.Write(table);
        if (patched is [var only])
        {
            terminal.Console.Write(AnswerTable.Of(studied, NextToken.Compare(clean, only.Probabilities, top), $"{only.Name} patched"));
        }

        return ExitCodes.Success;

        void Add(string step, float[] probabilities)
        {
            int said = Array.IndexOf(probabilities, probabilities.Max());
            table.AddRow(
                new Text(step), new Text(Look.Probability(probabilities[own])), new Text(Look.Probability(probabilities[others])),
                Look.Token(studied, said, probabilities[said]));
        }
    }
}
