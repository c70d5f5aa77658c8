using System.Runtime.ExceptionServices;

namespace MWork.Probes.Tensors.Managed;

/// <summary>
/// The background threads behind <see cref="Workers"/>: one job at a time, whose parts the caller and the helpers claim one by one.
/// A helper that is late finds nothing left, so the caller never waits for a thread to wake up.
/// </summary>
internal static class WorkerPool
{
    // Kernels follow each other within microseconds; waking a sleeping thread costs tens of them.
    private const int SpinsBeforeSleep = 2000;
    private const int HelperBits = 12;
    private const int PartBits = 20;
    private const int MaxHelpers = (1 << HelperBits) - 1;
    private const int MaxParts = (1 << PartBits) - 1;

    private static readonly Lock s_growth = new();
    private static readonly SemaphoreSlim s_wake = new(0);
    private static readonly SemaphoreSlim s_finished = new(0);

    [ThreadStatic]
    private static bool t_inside;

    private static int s_helpers;
    private static int s_busy;

    // Serial number of the job, helpers it admits and parts not yet claimed, in one word: a claim made for a job that has ended fails.
    private static long s_state;

    // Written before a job is published and stable until its last part ends.
    private static Action<int, int>? s_body;
    private static int s_count;
    private static int s_parts;
    private static Exception? s_failure;

    private static int s_unfinished;
    private static int s_callerSleeps;
    private static int s_sleepers;

    /// <summary>Runs the parts of [0, count) on this thread and up to <paramref name="helpers"/> others; false, with nothing done, when
    /// this thread is inside a job or the threads are busy with another.</summary>
    public static bool TryRun(int helpers, int count, int parts, Action<int, int> body)
    {
        if (t_inside || Interlocked.CompareExchange(ref s_busy, 1, 0) != 0)
        {
            return false;
        }

        Exception? failure;
        try
        {
            helpers = Math.Min(helpers, MaxHelpers);
            parts = Math.Min(parts, MaxParts);
            Grow(helpers);
            s_body = body;
            s_count = count;
            s_parts = parts;
            s_unfinished = parts;
            long serial = (s_state >> (HelperBits + PartBits)) + 1;
            Interlocked.Exchange(ref s_state, (((serial << HelperBits) | (long)helpers) << PartBits) | (long)parts);
            Wake(helpers);
            t_inside = true;
            while (RunPart(helper: -1))
            {
            }

            t_inside = false;
            AwaitHelpers();
            failure = s_failure;
            s_failure = null;
            s_body = null;
        }
        finally
        {
            Volatile.Write(ref s_busy, 0);
        }

        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        return true;
    }

    private static void Grow(int helpers)
    {
        if (Volatile.Read(ref s_helpers) >= helpers)
        {
            return;
        }

        lock (s_growth)
        {
            for (; s_helpers < helpers; s_helpers++)
            {
                int helper = s_helpers;
                new Thread(() => Help(helper)) { IsBackground = true, Name = $"MWork worker {helper + 1}" }.UnsafeStart();
            }
        }
    }

    private static void Help(int helper)
    {
        t_inside = true;
        while (true)
        {
            while (RunPart(helper))
            {
            }

            if (!SpinForWork(helper))
            {
                Sleep(helper);
            }
        }
    }

    private static bool SpinForWork(int helper)
    {
        for (int i = 0; i < SpinsBeforeSleep; i++)
        {
            if (HasWork(helper))
            {
                return true;
            }

            Thread.SpinWait(1);
        }

        return false;
    }

    private static void Sleep(int helper)
    {
        Interlocked.Increment(ref s_sleepers);
        if (!HasWork(helper) || !TryTakeSleeper())
        {
            s_wake.Wait();
        }
    }

    private static void Wake(int wanted)
    {
        int woken = 0;
        while (woken < wanted && TryTakeSleeper())
        {
            woken++;
        }

        if (woken > 0)
        {
            s_wake.Release(woken);
        }
    }

    // Whoever takes a sleeper off the count owes it a wake-up, or is that sleeper.
    private static bool TryTakeSleeper()
    {
        int sleepers = Volatile.Read(ref s_sleepers);
        while (sleepers > 0)
        {
            int seen = Interlocked.CompareExchange(ref s_sleepers, sleepers - 1, sleepers);
            if (seen == sleepers)
            {
                return true;
            }

            sleepers = seen;
        }

        return false;
    }

    private static bool HasWork(int helper)
    {
        long state = Volatile.Read(ref s_state);
        return (state & MaxParts) != 0 && helper < (int)((state >> PartBits) & MaxHelpers);
    }

    private static bool RunPart(int helper)
    {
        long state = Volatile.Read(ref s_state);
        while (true)
        {
            int left = (int)(state & MaxParts);
            if (left == 0 || helper >= (int)((state >> PartBits) & MaxHelpers))
            {
                return false;
            }

            long seen = Interlocked.CompareExchange(ref s_state, state - 1, state);
            if (seen == state)
            {
                RunPart(s_parts - left, s_parts);
                return true;
            }

            state = seen;
        }
    }

    private static void RunPart(int part, int parts)
    {
        try
        {
            if (Volatile.Read(ref s_failure) is null)
            {
                s_body!((int)((long)s_count * part / parts), (int)((long)s_count * (part + 1) / parts));
            }
        }
#pragma warning disable CA1031 // Whatever the body throws, the caller gets it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref s_failure, exception, null);
        }

        if (Interlocked.Decrement(ref s_unfinished) == 0 && Interlocked.Exchange(ref s_callerSleeps, 0) == 1)
        {
            s_finished.Release();
        }
    }

    private static void AwaitHelpers()
    {
        for (int i = 0; i < SpinsBeforeSleep; i++)
        {
            if (Volatile.Read(ref s_unfinished) == 0)
            {
                return;
            }

            Thread.SpinWait(1);
        }

        // The last helper of an earlier job may be late with its wake-up, so being woken is not yet being done.
        while (Volatile.Read(ref s_unfinished) > 0)
        {
            Interlocked.Exchange(ref s_callerSleeps, 1);
            if (Volatile.Read(ref s_unfinished) > 0 || Interlocked.Exchange(ref s_callerSleeps, 0) == 0)
            {
                s_finished.Wait();
            }
        }
    }
}
