using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
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

    public static Command Create(Terminal terminal)
    {
        var recipe = new Argument<string>("recipe") { Description = "The recipe, e.g. fixtures/recipes/english-pivot.json." };
        Option<ulong?> seed = CommonOptions.Number<ulong>("--seed", "Seeds weights and text.", _ => true, "a whole number of at least 0");
        seed.Required = true;
        var output = new Option<string>("--out")
        {
            Description = "The directory to write, e.g. fixtures/models/english-pivot.",
            Required = true,
        };
        Option<string> world = CommonOptions.World();
        Option<int?> threads = CommonOptions.Threads();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "train",
            "Train a small model: the same recipe and seed give the same bytes. "
            + "Example: mwork train fixtures/recipes/english-pivot.json --seed 1 --out artifacts/english-pivot")
        {
            recipe, seed, output, world, threads, json,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            terminal, parsed.GetRequiredValue(recipe), parsed.GetRequiredValue(seed)!.Value, parsed.GetRequiredValue(output),
            parsed.GetRequiredValue(world), parsed.GetValue(threads), parsed.GetValue(json), cancellation)));
        return command;
    }

    private static int Run(
        Terminal terminal, string recipePath, ulong seed, string output, string worldPath, int? threads, bool json,
        CancellationToken cancellation)
    {
        var recipe = Recipe.Load(recipePath);
        var training = new SmallWorldTraining(World.Load(worldPath), recipe, seed);

        // Made first, so that an output that cannot be written is known before the training and not after it.
        using var stage = new StagedDirectory(output);
        var curve = new JsonArray();
        var clock = Stopwatch.StartNew();
        Decoder decoder = Train(terminal, training, recipe.Steps, new ManagedBackend(threads), curve, json, cancellation);
        LlamaDirectory.Save(stage.Path, decoder, training.Tokenizer);
        File.WriteAllText(Path.Combine(stage.Path, "recipe.json"), recipe.ToJson());
        using var written = Checkpoint.Open(stage.Path);
        string hash = written.Read();
        var record = new JsonObject
        {
            ["command"] = string.Create(CultureInfo.InvariantCulture, $"mwork train {recipePath} --seed {seed} --out {output}"),
            ["seed"] = seed,
            ["weights"] = hash,
            ["loss"] = curve,
        };
        File.WriteAllText(Path.Combine(stage.Path, "training.json"), record.ToJsonString() + "\n");
        written.Dispose();
        stage.Commit();
        if (json)
        {
            terminal.Write(record);
        }
        else
        {
            terminal.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{output}: weights {hash}, {clock.Elapsed.TotalSeconds:0} s"));
        }

        return ExitCodes.Success;
    }

    private static Decoder Train(
        Terminal terminal, SmallWorldTraining training, int steps, ManagedBackend ops, JsonArray curve, bool json,
        CancellationToken cancellation)
    {
        try
        {
            if (json)
            {
                return training.Run(ops, Report(curve, (_, _, _) => { }), cancellation);
            }

            return terminal.Console.Profile.Capabilities.Interactive
                ? terminal.Console.Progress()
                    .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
                    .Start(context =>
                    {
                        ProgressTask task = context.AddTask("loss ......", maxValue: Math.Max(1, steps));
                        return training.Run(ops, Report(curve, (_, loss, _) => task.Description = $"loss {Number(loss)}", task.Increment), cancellation);
                    })
                : training.Run(ops, Report(curve, (step, loss, milliseconds) => terminal.Output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"step {step,5}  loss {loss:0.0000}  {milliseconds:0} ms/step"))), cancellation);
        }
        catch (InvalidOperationException error)
        {
            // The loss is no longer finite: the recipe's doing.
            throw new InvalidDataException(error.Message, error);
        }
    }

    private static Action<TrainingStep> Report(JsonArray curve, Action<int, double, double> point, Action<double>? increment = null)
    {
        var clock = Stopwatch.StartNew();
        double sum = 0;
        return step =>
        {
            increment?.Invoke(1);
            sum += step.Loss;
            int done = step.Step + 1;
            if (done % CurveEvery == 0)
            {
                curve.Add(new JsonArray(done, Math.Round(sum / CurveEvery, 4)));
                point(done, sum / CurveEvery, clock.Elapsed.TotalMilliseconds / done);
                sum = 0;
            }
        };
    }

    private static string Number(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);
}
