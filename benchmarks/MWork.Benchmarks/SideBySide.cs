using System.Diagnostics;
using System.Globalization;

namespace MWork.Benchmarks;

/// <summary>
/// Times this library and PyTorch in one run, in turns, so that whatever else the machine does meets both. The fastest run of each
/// counts, under the thread setting that suits each best.
/// </summary>
internal static class SideBySide
{
    private const double SecondsPerTurn = 0.25;

    // OpenBLAS's idle threads spin for a moment before they sleep; the other side must not pay for it.
    private const int MillisecondsBetweenTurns = 60;

    /// <param name="args">Python interpreter, path of the peer script, and optionally the number of rounds.</param>
    public static int Run(ReadOnlySpan<string> args)
    {
        if (args.Length < 2)
        {
            Console.Error.WriteLine("usage: --side-by-side PYTHON PEER_SCRIPT [ROUNDS]");
            return 2;
        }

        int rounds = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 8;
        int[] threads = Environment.ProcessorCount == 1 ? [1] : [1, Environment.ProcessorCount];
        var peers = new List<PyTorchPeer>();
        foreach (int openMp in threads)
        {
            foreach (int blas in threads)
            {
                peers.Add(new PyTorchPeer(args[0], args[1], openMp, blas));
            }
        }

        Console.WriteLine($"PyTorch {peers[0].Version}; .NET {Environment.Version}; {threads[^1]} cores; best of {rounds} turns of {SecondsPerTurn} s");
        Console.WriteLine("| case | C# 1 thread | C# best | PyTorch 1 thread | PyTorch best | its setting | ratio 1 thread | ratio best |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (ComparedCase compared in ComparedCase.All())
        {
            Compare(compared, peers, threads, rounds);
        }

        foreach (PyTorchPeer peer in peers)
        {
            peer.Dispose();
        }

        return 0;
    }

    private static void Compare(ComparedCase compared, List<PyTorchPeer> peers, int[] threads, int rounds)
    {
        double[] ours = new double[threads.Length];
        double[] theirs = new double[peers.Count];
        Array.Fill(ours, double.PositiveInfinity);
        Array.Fill(theirs, double.PositiveInfinity);
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < Math.Max(ours.Length, theirs.Length); i++)
            {
                int own = i % ours.Length;
                ours[own] = Math.Min(ours[own], Measure(() => compared.Run(threads[own])));
                Thread.Sleep(MillisecondsBetweenTurns);
                if (i < theirs.Length)
                {
                    theirs[i] = Math.Min(theirs[i], peers[i].Measure(compared.PeerCommand, SecondsPerTurn));
                    Thread.Sleep(MillisecondsBetweenTurns);
                }
            }
        }

        int best = Array.IndexOf(theirs, theirs.Min());
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {compared.Name} | {Rate(ours[0])} | {Rate(ours.Min())} | {Rate(theirs[0])} | {Rate(theirs[best])} | {peers[best].Setting} "
            + $"| {theirs[0] / ours[0]:F2} | {theirs[best] / ours.Min():F2} |"));

        string Rate(double seconds) =>
            string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e3:G4} ms, {compared.Operations / seconds * 1e-9:F1} GFLOP/s");
    }

    private static double Measure(Action run)
    {
        double best = double.PositiveInfinity;
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < SecondsPerTurn)
        {
            long before = Stopwatch.GetTimestamp();
            run();
            best = Math.Min(best, Stopwatch.GetElapsedTime(before).TotalSeconds);
        }

        return best;
    }
}
