using System.Diagnostics;
using System.Text.Json.Nodes;
using MWork.Cli;
using MWork.Probes.Neurons.Detection;
using MWork.Regression.Checkpoints;
using MWork.Testing;
using Shouldly;

namespace MWork.Regression.Cli;

/// <summary><c>mwork detect</c> and <c>mwork merge</c>, as processes that are killed and as shards.</summary>
public sealed class DetectTests : IDisposable
{
    private const int Kills = 6;
    private const int Documents = 96;

    private static readonly string s_subject = Repository.Fixture("subjects", "english-pivot.json");
    private static readonly Dictionary<string, string> s_nothing = [];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killed_at_any_moment_and_started_again_it_ends_with_the_same_bytes()
    {
        Finish("whole").Code.ShouldBe(ExitCodes.Success);
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        int inTheMiddle = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            DateTime before = File.GetLastWriteTimeUtc(Counts("killed"));
            using Process process = CommandLine.Start(s_nothing, Arguments("killed"));

            // Until a process counts it is loading, and a kill hits nothing; from then on any moment will do, the middle of a write among them.
            await Until(() => File.GetLastWriteTimeUtc(Counts("killed")) != before || process.HasExited);
            await Task.Delay(random.Next(150));
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            inTheMiddle += File.Exists(Counts("killed")) && !File.Exists(Path.Combine(_folder.File("killed"), DetectionRun.NeuronsName)) ? 1 : 0;
        }

        inTheMiddle.ShouldBeGreaterThan(0, $"seed {seed}: no kill hit the work");
        Finish("killed").Code.ShouldBe(ExitCodes.Success);
        SameFiles("killed", "whole", $"seed {seed}");
    }

    [SkippableFact]
    public async Task Control_C_puts_down_what_is_done_and_says_so()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no kill command to send the signal with.");
        Skip.If(Signals.AreIgnored(Signals.Interrupt), Signals.Ignored);
        using Process process = CommandLine.Start(s_nothing, Arguments("interrupted"));
        await Until(() => File.Exists(Counts("interrupted")) || process.HasExited);
        using (Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        CommandOutcome outcome = await CommandLine.Finish(process);
        outcome.Code.ShouldBe(ExitCodes.Interrupted, outcome.Error);
        outcome.ErrorLines.ShouldHaveSingleItem().ShouldContain("documents are counted in");
        outcome.Error.ShouldContain("the same command goes on from there.");
        Finish("interrupted").Code.ShouldBe(ExitCodes.Success);
        Finish("whole").Code.ShouldBe(ExitCodes.Success);
        SameFiles("interrupted", "whole", "");
    }

    [Fact]
    public void A_checkpoint_and_a_folder_of_text_give_neurons()
    {
        Directory.CreateDirectory(_folder.File("text"));
        File.WriteAllText(Path.Combine(_folder.File("text"), "en.txt"), "where does the dog live ? answer harbour .\nwhere does the hen live ? answer island .\n");
        File.WriteAllText(Path.Combine(_folder.File("text"), "fr.txt"), "où vit le chien ? réponse port .\noù vit le mouton ? réponse île .\n");
        string[] args = ["detect", Repository.Fixture("models", "english-pivot"), "--text", _folder.File("text"), "--out", _folder.File("out")];
        CommandLine.Run(args).Output.ShouldContain("Neurons by plnd");
        JsonNode json = JsonNode.Parse(CommandLine.Run([.. args, "--json"]).Output)!;
        ((bool)json["finished"]!).ShouldBeTrue();
        ((int)json["neurons"]!["fr"]!["ffn"]!).ShouldBeGreaterThan(0);
        string file = (string)json["file"]!;
        File.Exists(file).ShouldBeTrue();

        // What it wrote, the other commands read.
        CommandOutcome off = CommandLine.Run("ablate", "où vit le chien ? réponse", "--neurons", file, "--language", "fr", "--layers", "1-3");
        off.Error.ShouldBeEmpty();
        off.Output.ShouldContain("neurons off");
    }

    [Fact]
    public void Shards_are_merged_by_name()
    {
        string[] parts = [.. new[] { 1, 2 }.Select(i => _folder.File($"part-{i}"))];
        for (int i = 1; i <= 2; i++)
        {
            CommandLine.Run("detect", s_subject, "--method", "lape", "--shard", $"{i}/2", "--out", parts[i - 1])
                .Output.ShouldContain($"60 documents of shard {i}/2; mwork merge puts the shards together.");
        }

        CommandLine.Run(["merge", .. parts, "--out", _folder.File("merged")]).Output.ShouldContain("Neurons by lape");
        CommandLine.Run("detect", s_subject, "--method", "lape", "--out", _folder.File("whole")).Code.ShouldBe(ExitCodes.Success);
        SameFiles("merged", "whole", "");
    }

    private string[] Arguments(string directory) =>
    [
        "detect", s_subject, "--out", _folder.File(directory), "--documents", $"{Documents}", "--matrices", "ffn,value", "--save-every", "0", "--threads", "1",
    ];

    private CommandOutcome Finish(string directory) => CommandLine.Run(Arguments(directory));

    private string Counts(string directory) => Path.Combine(_folder.File(directory), DetectionRun.CountsName);

    private static async Task Until(Func<bool> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!condition() && clock.Elapsed < TimeSpan.FromSeconds(60))
        {
            await Task.Delay(5);
        }
    }

    private void SameFiles(string one, string other, string why)
    {
        string[] names = [DetectionRun.CountsName, DetectionRun.NeuronsName, DetectionPlan.FileName];
        Directory.GetFiles(_folder.File(one)).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal).ShouldBe(names, ignoreOrder: false, why);
        foreach (string name in names)
        {
            File.ReadAllBytes(Path.Combine(_folder.File(one), name)).ShouldBe(File.ReadAllBytes(Path.Combine(_folder.File(other), name)), $"{name} {why}");
        }
    }
}
