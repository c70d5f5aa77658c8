using System.CommandLine;
using MWork.Probes.Models;
using MWork.Probes.Tasks;

namespace MWork.Cli.Commands;

/// <summary>What a model can do: on a published task or on text from files, or, a small model, on the small world's facts.</summary>
internal static class EvaluateCommand
{
    public static Command Create(Terminal terminal)
    {
        Argument<string> model = CommonOptions.Model();
        var task = new Option<string?>("--task")
        {
            Description = $"{string.Join(", ", TaskFormat.All.Select(format => format.Name))}, or {PublishedEvaluation.Perplexity} (of plain text, per byte). "
                + "Without it: facts of the small world, of a model that mwork train wrote.",
        };
        task.AcceptOnlyFromAmong([.. TaskFormat.All.Select(format => format.Name), PublishedEvaluation.Perplexity]);
        var files = new Option<string?>("--files")
        {
            Description = "What --task reads, as it is published: a path with {language} in place of the code, such as mgsm_{language}.tsv, or one file.",
        };
        var languages = new Option<string?>("--languages")
        {
            Description = "Codes, with commas (all that have a file); of one file, its language.",
        };
        Option<int?> items = CommonOptions.Number<int>(
            "--items", "How many items to ask in each language, a hash of the item deciding which (all).", n => n >= 1, CommonOptions.AtLeastOne);
        Option<int?> tokens = CommonOptions.Number<int>(
            "--max-new-tokens", $"Tokens of a free answer at most ({PublishedEvaluation.DefaultTokens}).", n => n >= 1, CommonOptions.AtLeastOne);
        var lenient = new Option<bool>("--lenient") { Description = "Count and skip malformed rows, and items that the model has no positions for." };
        var off = new NeuronOptions("Switch these off meanwhile", NeuronOptions.OfThese);
        Option<string> world = CommonOptions.World();
        Option<int?> threads = CommonOptions.Threads();
        Option<WeightPrecision?> weights = CommonOptions.Weights();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "evaluate",
            "What a model scores on a published task, or how well it predicts text; of a small model, its accuracy and lens shares on the selection facts. "
            + "Example: mwork evaluate english-pivot --task bmlama --files fixtures/text/english-pivot/knowledge/{language}.tsv")
        {
            model, task, files, languages, items, tokens, lenient, world, threads, weights, json,
        };
        off.AddTo(command);
        Option[] ofTasks = [files, languages, items, tokens, lenient, .. off.All, threads, weights];
        command.Validators.Add(result =>
        {
            bool isTask = result.GetResult(task) is not null;
            if (isTask && result.GetResult(files) is null)
            {
                result.AddError("--task needs --files, a path such as mgsm_{language}.tsv");
            }

            if (!isTask && ofTasks.FirstOrDefault(option => result.GetResult(option) is { Implicit: false }) is { } idle)
            {
                result.AddError($"{idle.Name} belongs to a task; name one with --task");
            }
        });
        command.SetAction((parsed, cancellation) => Task.FromResult(parsed.GetValue(task) is { } name
            ? PublishedEvaluation.Run(
                terminal,
                new EvaluationSettings(
                    parsed.GetRequiredValue(model), name, parsed.GetRequiredValue(files)!, parsed.GetValue(languages), parsed.GetValue(items),
                    parsed.GetValue(tokens) ?? PublishedEvaluation.DefaultTokens, parsed.GetValue(lenient)),
                studied => off.Of(parsed, studied), parsed.GetValue(threads), parsed.GetValue(weights), parsed.GetValue(json), cancellation)
            : WorldEvaluation.Run(terminal, parsed.GetRequiredValue(model), parsed.GetRequiredValue(world), parsed.GetValue(json), cancellation)));
        return command;
    }
}
