using System.Diagnostics;
using System.Text.Json.Nodes;
using MWork.Cli;
using MWork.Regression.Checkpoints;
using MWork.Testing;
using Shouldly;

namespace MWork.Regression.Cli;

/// <summary><c>mwork train</c>: the same bytes from the same seed, and nothing from a run that was broken off.</summary>
public sealed class TrainTests : IDisposable
{
    private const int Forever = 1_000_000;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_seed_gives_the_same_weights_again()
    {
        string recipe = Recipe(steps: 2);
        Train(recipe, _folder.File("a"), "1").Code.ShouldBe(0);
        Train(recipe, _folder.File("b"), "1").Code.ShouldBe(0);
        Train(recipe, _folder.File("b"), "2").Code.ShouldBe(0);
        byte[] weights = File.ReadAllBytes(Path.Combine(_folder.File("a"), "model.safetensors"));
        File.ReadAllBytes(Path.Combine(_folder.File("b"), "model.safetensors")).ShouldNotBe(weights);
        Train(recipe, _folder.File("b"), "1").Code.ShouldBe(0);
        File.ReadAllBytes(Path.Combine(_folder.File("b"), "model.safetensors")).ShouldBe(weights);
        Directory.GetFileSystemEntries(_folder.Path).Length.ShouldBe(3);
    }

    [Fact]
    public void A_cancelled_run_leaves_nothing()
    {
        string recipe = Recipe(Forever);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        CommandOutcome outcome = CommandLine.Run(cancellation.Token, Arguments(recipe, _folder.File("model"), "1"));
        outcome.Code.ShouldBe(ExitCodes.Interrupted);
        outcome.ErrorLines.ShouldHaveSingleItem().ShouldContain("Interrupted");
        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([recipe]);
    }

    /// <summary>Control-C, and what a job system sends.</summary>
    [SkippableTheory, InlineData("INT", Signals.Interrupt), InlineData("TERM", Signals.Terminate)]
    public async Task A_signal_ends_the_process_with_130(string signal, int number)
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no kill command to send the signal with.");
        Skip.If(Signals.AreIgnored(number), Signals.Ignored);
        string recipe = Recipe(Forever);
        var nothing = new Dictionary<string, string>(StringComparer.Ordinal);
        using Process process = CommandLine.Start(nothing, Arguments(recipe, _folder.File("model"), "1"));
        var clock = Stopwatch.StartNew();
        while (Directory.GetDirectories(_folder.Path).Length == 0 && !process.HasExited && clock.Elapsed < TimeSpan.FromSeconds(60))
        {
            await Task.Delay(50);
        }

        using (Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        CommandOutcome outcome = await CommandLine.Finish(process);
        outcome.Code.ShouldBe(ExitCodes.Interrupted, outcome.Error);
        Directory.GetFileSystemEntries(_folder.Path).ShouldBe([recipe]);
    }

    private static CommandOutcome Train(string recipe, string output, string seed) => CommandLine.Run(Arguments(recipe, output, seed));

    private static string[] Arguments(string recipe, string output, string seed) =>
        ["train", recipe, "--seed", seed, "--out", output, "--world", Repository.Fixture("world"), "--threads", "1"];

    private string Recipe(int steps)
    {
        JsonNode recipe = JsonNode.Parse(File.ReadAllText(Repository.Fixture("recipes", "english-pivot.json")))!;
        recipe["steps"] = steps;
        recipe["layers"] = 1;
        recipe["width"] = 16;
        recipe["neurons"] = 8;
        recipe["heads"] = 2;
        recipe["exits"]!.AsArray().ToList().ForEach(exit => exit!["layer"] = 0);
        string path = _folder.File("recipe.json");
        File.WriteAllText(path, recipe.ToJsonString());
        return path;
    }
}
