using System.Diagnostics;
using MWork.Probes.Models;
using MWork.Probes.Text;

namespace MWork.Probes.Neurons.Detection;

/// <summary>
/// A detector at work in a directory. It may be killed at any moment and started again: what is done is put down between forward passes, in
/// whole files, and counts do not depend on the order or the company in which documents come, so the result is that of an uninterrupted run,
/// bit for bit. So is that of shards that are merged.
/// </summary>
public static class DetectionRun
{
    /// <summary>The counts, finished or not.</summary>
    public const string CountsName = "counts.json";

    /// <summary>The neurons of every language; written when all documents are counted.</summary>
    public const string NeuronsName = "neurons.json";

    private const string LockName = ".lock";

    /// <summary>Measures a shard of a text, or goes on where an earlier run of the same plan stopped.</summary>
    /// <param name="text">The whole text, the same and in the same order for every shard.</param>
    /// <param name="directory">Made where there is none.</param>
    /// <param name="saveEvery">How much work a kill may cost; zero puts down every forward pass.</param>
    /// <param name="progress">Told how many documents of the shard are done.</param>
    /// <returns>The neurons, which are written too; null for a shard, whose counts are to be merged first.</returns>
    /// <exception cref="NeuronFileException">The directory holds another run's files, damaged ones, or a run at work.</exception>
    /// <exception cref="OperationCanceledException">What is done was put down.</exception>
    public static NeuronSetFile? Run(
        LanguageModel model, Detector detector, IReadOnlyList<Document> text, string pivot, Shard shard, string directory,
        TimeSpan saveEvery, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        DetectionPlan plan = DetectionPlan.Of(detector, model, text, pivot, shard);
        using FileStream held = Hold(directory);
        Begin(plan, directory);
        string path = Path.Combine(directory, CountsName);
        IDetectorCounts? counts = File.Exists(path) ? detector.Load(path) : null;
        progress?.Report(counts?.DocumentCount ?? 0);
        var sinceSaved = Stopwatch.StartNew();
        try
        {
            counts = detector.Measure(model, shard.Of(text), counts, AfterBatch, cancellation);
        }
        catch (OperationCanceledException)
        {
            counts?.Save(path);
            throw;
        }

        counts.Save(path);
        return Finish(plan, detector, counts, directory);

        void AfterBatch(IDetectorCounts soFar)
        {
            counts = soFar;
            if (sinceSaved.Elapsed >= saveEvery)
            {
                soFar.Save(path);
                sinceSaved.Restart();
            }

            progress?.Report(soFar.DocumentCount);
        }
    }

    /// <summary>Puts the shards of one run together, as if it had never been cut.</summary>
    /// <param name="parts">The directories of all shards, in any order.</param>
    /// <param name="directory">Gets the files of the whole run; made where there is none.</param>
    /// <exception cref="NeuronFileException">A shard is missing, unfinished, there twice, or of another run.</exception>
    public static NeuronSetFile Merge(IReadOnlyList<string> parts, string directory)
    {
        (string Directory, DetectionPlan Plan)[] all = [.. parts.Select(part => (part, DetectionPlan.Load(part))).OrderBy(part => part.Item2.Shard)];
        if (all.Length == 0)
        {
            throw new NeuronFileException("There are no parts to merge; name the directories of all shards.");
        }

        DetectionPlan first = all[0].Plan;
        foreach ((string part, DetectionPlan plan) in all)
        {
            if (plan.DifferenceFrom(first with { Shard = plan.Shard }) is { } field)
            {
                throw new NeuronFileException(
                    $"{Path.Combine(part, DetectionPlan.FileName)}: field '{field}' is not that of {all[0].Directory}; merge the shards of one run.");
            }
        }

        int[] numbers = [.. all.Select(part => part.Plan.Shard)];
        if (!numbers.SequenceEqual(Enumerable.Range(1, first.Shards)))
        {
            throw new NeuronFileException(
                $"The parts are the shards {string.Join(", ", numbers)} of {first.Shards}; merge each of them once.");
        }

        Detector detector = ParseDetector(first, all[0].Directory);
        IDetectorCounts[] counts = [.. all.Select(part => LoadFinished(part.Plan, detector, part.Directory))];
        DetectionPlan whole = first with { Shard = 1, Shards = 1 };
        using FileStream held = Hold(directory);
        Begin(whole, directory);
        IDetectorCounts merged = detector.Merge(counts);
        if (merged.TextHash != whole.Text || merged.Model != whole.Model)
        {
            throw new NeuronFileException(
                $"{all[0].Directory}: the shards' documents are not those of their plans; detect again into other directories.");
        }

        merged.Save(Path.Combine(directory, CountsName));
        return Finish(whole, detector, merged, directory)!;
    }

    private static NeuronSetFile? Finish(DetectionPlan plan, Detector detector, IDetectorCounts counts, string directory)
    {
        if (plan.Shards > 1)
        {
            return null;
        }

        NeuronSetFile neurons = detector.Select(counts, plan.Pivot);
        neurons.Save(Path.Combine(directory, NeuronsName));
        return neurons;
    }

    private static IDetectorCounts LoadFinished(DetectionPlan plan, Detector detector, string directory)
    {
        string path = Path.Combine(directory, CountsName);
        int needed = plan.Part.SizeOf(plan.Documents);
        IDetectorCounts? counts = File.Exists(path) ? detector.Load(path) : null;
        return counts is not null && counts.DocumentCount == needed
            ? counts
            : throw new NeuronFileException(
                $"{directory}: {counts?.DocumentCount ?? 0} of {needed} documents are counted; start its detect again, and it goes on.");
    }

    private static Detector ParseDetector(DetectionPlan plan, string directory)
    {
        try
        {
            return Detector.Parse(plan.Method, plan.Options);
        }
        catch (ArgumentException error)
        {
            throw new NeuronFileException($"{Path.Combine(directory, DetectionPlan.FileName)}: {error.Message}", error);
        }
    }

    // Two runs in one directory would take each other's place. A process that dies lets go of the file.
    private static FileStream Hold(string directory)
    {
        Directory.CreateDirectory(directory);
        try
        {
            return new FileStream(
                Path.Combine(directory, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException error)
        {
            throw new NeuronFileException($"{directory}: another run is at work here; wait for it, or choose another directory.", error);
        }
    }

    private static void Begin(DetectionPlan plan, string directory)
    {
        // What a killed run was writing.
        foreach (string unfinished in Directory.GetFiles(directory, "*.tmp"))
        {
            File.Delete(unfinished);
        }

        if (!File.Exists(Path.Combine(directory, DetectionPlan.FileName)))
        {
            plan.Save(directory);
        }
        else if (DetectionPlan.Load(directory).DifferenceFrom(plan) is { } field)
        {
            throw new NeuronFileException(
                $"{Path.Combine(directory, DetectionPlan.FileName)}: field '{field}' is that of another run; choose another directory, or delete this one.");
        }
    }
}
