using System.Diagnostics;
using System.Globalization;
using MWork.Probes.Models;
using MWork.Probes.Models.Checkpoints;
using MWork.Probes.Models.Parity;
using MWork.Regression.Checkpoints;
using Shouldly;
using Xunit.Abstractions;

namespace MWork.Regression.Cli;

/// <summary>
/// The peak of a process's resident set (VmHWM, mapped pages of files included), as its operator sees it, when it loads a checkpoint and
/// runs it once. The process itself puts it down at its end: who looks from outside sees a peak that the process had before the last look.
/// </summary>
[Collection(nameof(LoadMemoryTests))]
[CollectionDefinition(nameof(LoadMemoryTests), DisableParallelization = true)]
public sealed class LoadMemoryTests(ITestOutputHelper output) : IDisposable
{
    private const double LargestRatio = 1.1;

    // Below this the peak was missed, or the weights were not all in memory.
    private const double SmallestRatio = 0.95;

    private static readonly SyntheticLlama s_large = new(Width: 1024, Neurons: 2816, Layers: 4, Vocabulary: 8192);
    private static readonly SyntheticLlama s_tiny = new(Width: 16, Neurons: 16, Layers: 4, Vocabulary: 64);

    private readonly TemporaryFolder _large = new();
    private readonly TemporaryFolder _tiny = new();

    public void Dispose()
    {
        _large.Dispose();
        _tiny.Dispose();
    }

    [SkippableFact]
    public async Task Loading_takes_no_more_than_a_tenth_above_the_weights()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Only Linux tells a process's peak in /proc.");
        long stored = Write(s_large, _large);
        Write(s_tiny, _tiny);
        foreach ((string weights, long bytes) in new[] { ("float32", 4 * s_large.Count), ("stored", stored) })
        {
            // The same command on a model of some kilobytes is what the runtime and the code take.
            long runtime = await Peak(_tiny.Path, weights);
            long peak = await Peak(_large.Path, weights);
            double ratio = (double)(peak - runtime) / bytes;
            output.WriteLine(
                $"{weights}: weights {Mega(bytes)}, peak {Mega(peak)}, of which the runtime {Mega(runtime)}, ratio {ratio:0.000}");
            ratio.ShouldBeInRange(SmallestRatio, LargestRatio, weights);
        }
    }

    private static long Write(SyntheticLlama llama, TemporaryFolder folder)
    {
        new SafetensorsWriter()
            .Add("input_ids", new long[] { 1, 2 }, 1, 2)
            .Add("logits", new float[2 * llama.Vocabulary], 1, 2, llama.Vocabulary)
            .Write(folder.File(CheckpointParity.FileName));
        return llama.Write(folder.Path, SafetensorsDtype.BF16, SafetensorsDtype.F32);
    }

    private static string Mega(long bytes) => $"{bytes / 1e6:0} MB";

    private async Task<long> Peak(string directory, string weights)
    {
        string peak = _tiny.File("peak.txt");
        using Process process = CommandLine.Start(
            new Dictionary<string, string>
            {
                [ModelDirectory.PrecisionVariable] = weights,
                ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
                [StartupHook.FileVariable] = peak,
            },
            "verify", directory, "--threads", "1");
        CommandOutcome outcome = await CommandLine.Finish(process);

        // The values beside the model are zeros and differ, so it was loaded and run.
        outcome.Code.ShouldBe(1, outcome.Error);
        return 1024 * long.Parse(File.ReadAllText(peak).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
