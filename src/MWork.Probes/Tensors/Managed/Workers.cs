namespace MWork.Probes.Tensors.Managed;

/// <summary>Splits a range of outputs over threads. A sum is never split, so results do not depend on the number of threads.</summary>
/// <remarks>
/// All instances share one set of background threads. A call that finds them busy, or that comes from inside another call, runs on
/// its own thread alone.
/// </remarks>
internal sealed class Workers(int threads)
{
    // More parts than threads even out what other programs take from a core.
    private const int PartsPerThread = 4;

    public int Threads { get; } = threads;

    /// <summary>Calls <paramref name="body"/> with disjoint ranges [from, to) that cover [0, count), each at least
    /// <paramref name="grain"/> long where possible. Returns when all have returned; when bodies throw, one of their exceptions is
    /// thrown and ranges that had not begun are left out.</summary>
    public void For(int count, int grain, Action<int, int> body)
    {
        if (count <= 0)
        {
            return;
        }

        int parts = Math.Min(Threads * PartsPerThread, count / Math.Max(grain, 1));
        if (Threads <= 1 || parts <= 1 || !WorkerPool.TryRun(Math.Min(Threads, parts) - 1, count, parts, body))
        {
            body(0, count);
        }
    }
}
