using System.Diagnostics;
using System.Globalization;
using MWork.Probes.Neurons;
using MWork.Probes.Subjects;
using MWork.Probes.Tensors.Managed;
using MWork.Probes.Text;

namespace MWork.Benchmarks;

/// <summary>PLND over the documents of an embedded subject: seconds, seconds of processor, and memory, for a growing number of
/// documents.</summary>
internal static class PlndThroughput
{
    private const int Tokens = 64;
    private const ulong Seed = 1;

    /// <param name="args">A subject's file, and optionally the largest number of documents.</param>
    public static int Run(ReadOnlySpan<string> args)
    {
        if (args.Length < 1)
        {
            Console.Error.WriteLine("usage: --plnd SUBJECT.json [DOCUMENTS]");
            return 2;
        }

        int most = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1000;
        using Subject subject = Subject.Load(args[0], ManagedBackend.Shared);
        Document[] documents = [.. subject.Languages.SelectMany(
            language => subject.World.Documents(language, most / subject.Languages.Count, Tokens, Seed))];
        Plnd.Measure(subject.Model, documents[..Math.Min(40, documents.Length)]);
        Console.WriteLine($"{subject.Name}, {Tokens} tokens, {ManagedBackend.Shared.Threads} threads");
        Console.WriteLine("| definition | documents | seconds | processor seconds | ms per document | peak memory |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (QueryKeyDefinition definition in Enum.GetValues<QueryKeyDefinition>())
        {
            foreach (int count in (int[])[documents.Length / 4, documents.Length / 2, documents.Length])
            {
                Measure(subject, documents[..count], definition);
            }
        }

        return 0;
    }

    private static void Measure(Subject subject, Document[] documents, QueryKeyDefinition definition)
    {
        using var process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        Plnd.Measure(subject.Model, documents, new PlndOptions { QueryKey = definition });
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        process.Refresh();
        double processor = (process.TotalProcessorTime - before).TotalSeconds;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {definition} | {documents.Length} | {seconds:F2} | {processor:F2} | {1000 * processor / documents.Length:F2} | "
            + $"{process.PeakWorkingSet64 >> 20} MiB |"));
    }
}
