using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MWork.Probes.Models;
using MWork.Probes.Models.Checkpoints;
using MWork.Probes.Subjects.SmallWorld;
using MWork.Probes.Tensors.Managed;
using MWork.Probes.Training;
using Spectre.Console;

namespace MWork.Cli.Commands;

/// <summary>Trains a small model from a recipe and a seed and writes it as a checkpoint directory.</summary>
internal static class TrainCommand
{
    private const int CurveEvery = 50;

    public static Command Create()
    {
        var recipe = new Argument<string>("recipe") { Description = "The recipe, e.g. fixtures/recipes/english-pivot.json." };
        var seed = new Option<ulong>("--seed") { Description = "Seeds weights and text.", Required = true };
        var output = new Option<string>("--out") { Description = "The directory to write, e.g. fixtures/models/english-pivot.", Required = true };
        var world = new Option<string>("--world") { Description = "The small world's directory.", DefaultValueFactory = _ => "fixtures/world" };
        var threads = new Option<int?>("--threads") { Description = "Threads; they change the time and never a bit of the result." };
        var command = new Command("train", "Train a small model: the same recipe and seed give the same bytes.") { recipe, seed, output, world, threads };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            parsed.GetRequiredValue(recipe), parsed.GetValue(seed), parsed.GetRequiredValue(output), parsed.GetRequiredValue(world), parsed.GetValue(threads), cancellation)));
        return command;
    }

    private static int Run(string recipePath, ulong seed, string output, string worldPath, int? threads, CancellationToken cancellation)
    {
        Recipe recipe = Recipe.Load(recipePath);
        var training = new SmallWorldTraining(World.Load(worldPath), recipe, seed);
        var ops = new ManagedBackend(threads);
        var curve = new JsonArray();
        var clock = Stopwatch.StartNew();
        double sum = 0;
        Decoder decoder = training.Run(
            ops,
            step =>
            {
                sum += step.Loss;
                if ((step.Step + 1) % CurveEvery == 0)
                {
                    curve.Add(new JsonArray(step.Step + 1, Math.Round(sum / CurveEvery, 4)));
                    AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"step {step.Step + 1,5}  loss {sum / CurveEvery:0.0000}  {clock.Elapsed.TotalSeconds / (step.Step + 1) * 1000:0} ms/step");
                    sum = 0;
                }
            },
            cancellation);
        LlamaDirectory.Save(output, decoder, training.Tokenizer);
        File.WriteAllText(Path.Combine(output, "recipe.json"), recipe.ToJson());
        using Checkpoint written = Checkpoint.Open(output);
        var record = new JsonObject
        {
            ["command"] = string.Create(CultureInfo.InvariantCulture, $"mwork train {recipePath} --seed {seed} --out {output}"),
            ["seed"] = seed,
            ["weights"] = written.Hash(),
            ["loss"] = curve,
        };
        File.WriteAllText(Path.Combine(output, "training.json"), record.ToJsonString(new JsonSerializerOptions { WriteIndented = false }) + "\n");
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{output}: weights {written.Hash()}, {clock.Elapsed.TotalSeconds:0} s");
        return 0;
    }
}
