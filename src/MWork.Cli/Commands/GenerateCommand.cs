using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using MWork.Probes.Models;
using MWork.Probes.Models.Generation;
using MWork.Probes.Subjects;
using Spectre.Console;

namespace MWork.Cli.Commands;

/// <summary>Continues prompts with a checkpoint: a look at what a model says, the same on every machine.</summary>
internal static class GenerateCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> name = CommonOptions.Model();
        var prompts = new Option<string[]>("--prompt")
        {
            Description = "A text to continue; may be given several times.",
            Required = true,
        };
        Option<int?> tokens = CommonOptions.Number<int>("--max-new-tokens", "Tokens to add at most (20).", n => n >= 1, CommonOptions.AtLeastOne);
        Option<double?> temperature = CommonOptions.Number<double>(
            "--temperature", "Draw tokens by softmax(logits / temperature); without it, the likeliest token is taken.",
            n => n > 0 && double.IsFinite(n), "a number above 0");
        Option<int?> topK = CommonOptions.Number<int>("--top-k", "Draw among the k likeliest tokens.", n => n >= 1, CommonOptions.AtLeastOne);
        Option<double?> topP = CommonOptions.Number<double>(
            "--top-p", "Draw among the fewest tokens whose share reaches p.",
            n => n is > 0 and <= 1, "a number above 0 and at most 1");
        Option<ulong?> seed = CommonOptions.Number<ulong>("--seed", "Seeds the draws (0).", _ => true, "a whole number of at least 0");
        Option<int?> threads = CommonOptions.Threads();
        Option<WeightPrecision?> weights = CommonOptions.Weights();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "generate",
            "Continue texts. What follows a text depends on the model, the text and the settings, "
            + "and on no other text given with it. "
            + "Example: mwork generate english-pivot --prompt what --max-new-tokens 8 --temperature 0.8 --seed 1")
        {
            name, prompts, tokens, temperature, topK, topP, seed, threads, weights, json,
        };
        Option[] drawing = [topK, topP, seed];
        command.Validators.Add(result =>
        {
            if (result.GetResult(temperature) is null
                && drawing.FirstOrDefault(option => result.GetResult(option) is not null) is { } idle)
            {
                result.AddError($"{idle.Name} changes nothing without --temperature, because the likeliest token is taken");
            }
        });
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            terminal,
            parsed.GetRequiredValue(name),
            parsed.GetRequiredValue(prompts),
            new GenerationOptions
            {
                MaxNewTokens = parsed.GetValue(tokens) ?? new GenerationOptions().MaxNewTokens,
                Sampling = parsed.GetValue(temperature) is { } t
                    ? new Sampling
                    {
                        Temperature = t,
                        TopK = parsed.GetValue(topK),
                        TopP = parsed.GetValue(topP) ?? 1,
                        Seed = parsed.GetValue(seed) ?? 0,
                    }
                    : null,
            },
            parsed.GetValue(threads),
            parsed.GetValue(weights),
            parsed.GetValue(json),
            cancellation)));
        return command;
    }

    private static int Run(
        Terminal terminal, string name, string[] prompts, GenerationOptions options, int? threads, WeightPrecision? weights, bool json,
        CancellationToken cancellation)
    {
        using Studied studied = Look.Load(terminal, name, threads, weights, json);
        options = options with { StopTokens = studied.Checkpoint is { } directory ? GenerationConfig.ReadStopTokens(directory) : null };
        IReadOnlyList<GeneratedText> texts = Generator.Generate(studied.Model, prompts, options, cancellation);
        if (json)
        {
            terminal.Write(Json(name, studied.Model, options, texts));
            return ExitCodes.Success;
        }

        Table table = new Table().Border(TableBorder.Rounded).ShowRowSeparators()
            .AddColumns("Prompt", "Continuation", "Tokens", "Ended by");
        foreach (GeneratedText text in texts)
        {
            table.AddRow(
                new Text(text.Prompt),
                new Text(text.Text),
                new Text(text.Continuation.Ids.Count.ToString(CultureInfo.InvariantCulture)),
                new Text(Name(text.Continuation.Ended)));
        }

        terminal.Console.Write(table);
        return ExitCodes.Success;
    }

    private static JsonObject Json(string name, LanguageModel model, GenerationOptions options, IReadOnlyList<GeneratedText> texts)
    {
        IEnumerable<JsonObject> rows = texts.Select(text => new JsonObject
        {
            ["prompt"] = text.Prompt,
            ["prompt_ids"] = Ids(text.Continuation.Prompt),
            ["text"] = text.Text,
            ["ids"] = Ids(text.Continuation.Ids),
            ["ended"] = Name(text.Continuation.Ended),
        });
        return new JsonObject
        {
            ["model"] = name,
            ["weights"] = model.Hash,
            ["max_new_tokens"] = options.MaxNewTokens,
            ["temperature"] = options.Sampling?.Temperature,
            ["top_k"] = options.Sampling?.TopK,
            ["top_p"] = options.Sampling?.TopP,
            ["seed"] = options.Sampling?.Seed,
            ["texts"] = new JsonArray([.. rows]),
        };
    }

    private static JsonArray Ids(IEnumerable<int> ids) => new([.. ids.Select(id => (JsonNode)id)]);

    private static string Name(EndReason reason) => reason switch
    {
        EndReason.StopToken => "stop token",
        EndReason.MaxNewTokens => "max new tokens",
        EndReason.MaxPositions => "max positions",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, message: null),
    };
}
