namespace MWork.Probes.Tensors.Managed;

/// <summary>Splits a range of outputs over threads. A sum is never split, so results do not depend on the number of threads.</summary>
internal sealed class Workers(int threads)
{
    public int Threads { get; } = threads;

    /// <summary>Calls <paramref name="body"/> with disjoint ranges [from, to) that cover [0, count), each at least
    /// <paramref name="grain"/> long where possible.</summary>
    public void For(int count, int grain, Action<int, int> body)
    {
        int parts = Math.Min(Threads, count / Math.Max(grain, 1));
        if (parts <= 1)
        {
            body(0, count);
            return;
        }

        Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = parts }, part =>
            body((int)((long)count * part / parts), (int)((long)count * (part + 1) / parts)));
    }
}
