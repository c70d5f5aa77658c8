using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Neurons;
using MWork.Probes.Subjects;
using MWork.Probes.Text;
using Spectre.Console;

namespace MWork.Cli.Commands;

/// <summary>Says which feed-forward neurons an answer rests on, by integrated gradients.</summary>
internal static class AttributeCommand
{
    private const int DefaultTop = 3;

    public static Command Create(Terminal terminal)
    {
        var prompts = new Argument<string[]>("prompt")
        {
            Description = $"A question; {KnowledgeNeurons.FewestParaphrases} or more wordings of it select its knowledge neurons.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string> subject = CommonOptions.Subject();
        var answer = new Option<string?>("--answer") { Description = "The answer, as one token (what the model says to the first prompt)." };
        var layers = new Option<string?>("--layers") { Description = "Only these layers, such as 1-3 (all)." };
        Option<string?> output = new Option<string?>("--out") { Description = "Write the knowledge neurons to this file." }.WritesFile();
        Option<int?> top = CommonOptions.Number<int>("--top", $"Neurons per layer to show ({DefaultTop}).", n => n >= 1, CommonOptions.AtLeastOne);
        Option<int?> threads = CommonOptions.Threads();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "attribute",
            "Which feed-forward neurons the probability of an answer rests on, by integrated gradients; ends with 1 when they do not add up to it. "
            + "Example: mwork attribute \"où vit le chien ? réponse\" --layers 1-3")
        {
            prompts, subject, answer, layers, output, top, threads, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(output) is not null && result.GetResult(prompts) is { Tokens.Count: < KnowledgeNeurons.FewestParaphrases })
            {
                result.AddError($"--out needs {KnowledgeNeurons.FewestParaphrases} wordings of the question at least");
            }
        });
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            terminal, parsed.GetRequiredValue(prompts), parsed.GetRequiredValue(subject), parsed.GetValue(answer), parsed.GetValue(layers),
            parsed.GetValue(output), parsed.GetValue(top) ?? DefaultTop, parsed.GetValue(threads), parsed.GetValue(json), cancellation)));
        return command;
    }

    private static int Run(
        Terminal terminal, string[] prompts, string name, string? answerWord, string? layerRange, string? output, int top, int? threads, bool json,
        CancellationToken cancellation)
    {
        // Gradients ask for weights as float32.
        using Studied studied = Look.Load(terminal, name, threads, WeightPrecision.Float32, json);
        IReadOnlyList<int> layers = NeuronOptions.Layers(layerRange, studied);
        int[][] ids = [.. prompts.Select(studied.Encode)];
        float[] said = NextToken.Probabilities(studied.Model, ids[0]);
        int answer = answerWord is null ? Array.IndexOf(said, said.Max()) : studied.TokenOf(answerWord);
        Attribution[] attributions = terminal.WhileCounting(
            "layers", layers.Count, json,
            bar => IntegratedGradients.Measure(
                studied.Model, ids, [.. ids.Select(_ => answer)], layers, progress: bar, cancellation: cancellation));
        NeuronSet? selected = prompts.Length >= KnowledgeNeurons.FewestParaphrases ? KnowledgeNeurons.Select(attributions) : null;
        bool complete = attributions.All(attribution => attribution.IsComplete);
        if (output is not null)
        {
            Save(studied, output, studied.Spell(answer), layers, prompts, selected!);
        }

        if (json)
        {
            terminal.Write(new JsonObject
            {
                ["subject"] = studied.Name,
                ["weights"] = studied.Model.Hash,
                ["answer"] = Look.Json(studied, answer),
                ["complete"] = complete,
                ["prompts"] = new JsonArray([.. prompts.Zip(attributions, (prompt, attribution) => Json(prompt, attribution, top))]),
                ["knowledgeNeurons"] = selected is null ? null : new JsonArray([.. selected.Select(neuron => (JsonNode)Written(neuron))]),
            });
            return complete ? ExitCodes.Success : ExitCodes.Refuted;
        }

        foreach ((string prompt, Attribution attribution) in prompts.Zip(attributions))
        {
            terminal.Console.Write(Table(prompt, studied.Spell(answer), attribution, top));
        }

        if (selected is not null)
        {
            terminal.Console.WriteLine(
                $"{selected.Count} knowledge neurons of {prompts.Length} wordings: {string.Join(", ", selected.Select(Written))}{(output is null ? "" : $"; in {output}")}.");
        }

        if (!complete)
        {
            terminal.Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"The attributions miss the change of probability by more than {KnowledgeNeurons.CompletenessLimit:0%}: do not rely on them."));
        }

        return complete ? ExitCodes.Success : ExitCodes.Refuted;
    }

    private static Table Table(string prompt, string answer, Attribution attribution, int top)
    {
        NeuronSet counting = KnowledgeNeurons.Counting(attribution);
        Table table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape($"{prompt} → {answer}")).AddColumns(
            "Layer", $"P({Markup.Escape(answer)})", "without its FFN", "Sum of shares", "Error", "Counting", "Largest shares");
        foreach (LayerAttribution layer in attribution.Layers)
        {
            table.AddRow(
                new Text(layer.Layer.ToString(CultureInfo.InvariantCulture)),
                new Text(Look.Probability(layer.Clean)),
                new Text(Look.Probability(layer.Baseline)),
                new Text(Look.Probability(layer.Values.Sum())),
                new Text(layer.CompletenessError.ToString("0%", CultureInfo.InvariantCulture)),
                new Text(counting.InLayers([layer.Layer]).Count.ToString(CultureInfo.InvariantCulture)),
                new Text(string.Join("  ", Largest(layer, top).Select(neuron => $"{Written(neuron.Neuron)} {Look.Probability(neuron.Value)}"))));
        }

        return table;
    }

    private static JsonObject Json(string prompt, Attribution attribution, int top) => new()
    {
        ["prompt"] = prompt,
        ["layers"] = new JsonArray([.. attribution.Layers.Select(layer => new JsonObject
        {
            ["layer"] = layer.Layer,
            ["clean"] = layer.Clean,
            ["baseline"] = layer.Baseline,
            ["sum"] = layer.Values.Sum(),
            ["completenessError"] = layer.CompletenessError,
            ["largest"] = new JsonArray([.. Largest(layer, top).Select(neuron => new JsonObject { ["neuron"] = Written(neuron.Neuron), ["share"] = neuron.Value })]),
        })]),
    };

    private static void Save(Studied studied, string output, string answer, IReadOnlyList<int> layers, string[] prompts, NeuronSet selected)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(output))!);
        var origin = new NeuronOrigin(
            "knowledge neurons",
            string.Create(CultureInfo.InvariantCulture, $"answer {answer}, layers {layers[0]}-{layers[^1]}, t {KnowledgeNeurons.DefaultOfLargest}, p {KnowledgeNeurons.DefaultOfPrompts}"),
            studied.Model.Hash,
            ContentHash.Combine(prompts.Select(ContentHash.Of)));
        new NeuronSetFile(origin, new Dictionary<string, NeuronSet>(StringComparer.Ordinal) { [answer] = selected }).Save(output);
    }

    private static IEnumerable<(Neuron Neuron, double Value)> Largest(LayerAttribution layer, int top) => Enumerable.Range(0, layer.Width)
        .Select(index => (Neuron: new Neuron(layer.Layer, NeuronMatrix.Ffn, index), Value: layer.Of(index)))
        .OrderByDescending(neuron => neuron.Value).Take(top);

    private static string Written(Neuron neuron) =>
        string.Create(CultureInfo.InvariantCulture, $"{neuron.Layer}.{NeuronList.Name(neuron.Matrix)}.{neuron.Index}");
}
