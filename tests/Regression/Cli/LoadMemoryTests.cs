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
/// runs it once.
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

    private static async Task<long> Peak(string directory, string weights)
    {
        using Process process = CommandLine.Start(
            new Dictionary<string, string> { [ModelDirectory.PrecisionVariable] = weights }, "verify", directory, "--threads", "1");
        Task<CommandOutcome> outcome = CommandLine.Finish(process);
        long peak = 0;
        while (!outcome.IsCompleted)
        {
            peak = Math.Max(peak, PeakOf(process.Id));
            await Task.Delay(2);
        }

        // The values beside the model are zeros and differ, so it was loaded and run.
        (await outcome).Code.ShouldBe(1, (await outcome).Error);
        return peak;
    }

    private static long PeakOf(int process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process}/status")
                .FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null
                ? 0
                : 1024 * long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            // It has just ended.
            return 0;
        }
    }
}
