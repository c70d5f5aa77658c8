using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.InteropServices;

namespace MWork.Probes.Tensors.Managed;

/// <summary>
/// A reference-counted block of aligned native memory. Rented blocks come in four sizes per power of two and are kept for reuse, so that
/// a loop of equal forward passes stops allocating after its first turn. Exact ones, for what stays, go back to the system.
/// </summary>
internal sealed unsafe class Storage
{
    private const int Alignment = 64;
    private static readonly ConcurrentDictionary<long, ConcurrentBag<Storage>> s_free = new();
    private static long s_allocated;
    private static long s_live;

    private readonly long _capacity;
    private readonly bool _kept;
    private int _references;

    private Storage(long capacity, bool kept)
    {
        _capacity = capacity;
        _kept = kept;
        _references = 1;
        // A vector more than asked for: kernels load whole vectors at the end of a row and mask what lies beyond.
        Data = (float*)NativeMemory.AlignedAlloc((nuint)((capacity + Lanes.Width) * sizeof(float)), Alignment);
        Interlocked.Add(ref s_allocated, capacity * sizeof(float));
    }

    ~Storage()
    {
        if (_references > 0)
        {
            Interlocked.Decrement(ref s_live);
        }

        Free();
    }

    /// <summary>Bytes held, in use or kept for reuse.</summary>
    public static long AllocatedBytes => Interlocked.Read(ref s_allocated);

    /// <summary>Blocks in use: rented or exact, and not released.</summary>
    public static long LiveCount => Interlocked.Read(ref s_live);

    public float* Data { get; private set; }

    public static Storage Rent(int count)
    {
        long capacity = RoundUp(count);
        if (!s_free.TryGetValue(capacity, out ConcurrentBag<Storage>? bag) || !bag.TryTake(out Storage? storage))
        {
            storage = new Storage(capacity, kept: true);
        }

        storage._references = 1;
        Interlocked.Increment(ref s_live);
        return storage;
    }

    /// <summary>A block of this many floats that its last release frees.</summary>
    public static Storage Exactly(long count)
    {
        Interlocked.Increment(ref s_live);
        return new Storage(count, kept: false);
    }

    /// <summary>Gives kept blocks back to the system.</summary>
    public static void Trim() => s_free.Clear();

    public Storage Share()
    {
        Interlocked.Increment(ref _references);
        return this;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _references) > 0)
        {
            return;
        }

        Interlocked.Decrement(ref s_live);
        if (_kept)
        {
            s_free.GetOrAdd(_capacity, static _ => []).Add(this);
        }
        else
        {
            Free();
        }
    }

    private void Free()
    {
        if (Data != null)
        {
            NativeMemory.AlignedFree(Data);
            Data = null;
            Interlocked.Add(ref s_allocated, -_capacity * sizeof(float));
        }
    }

    // Four sizes per power of two waste at most a quarter and keep the number of distinct sizes small.
    private static long RoundUp(int count)
    {
        long n = Math.Max(count, 64);
        long step = Math.Max(64, (long)BitOperations.RoundUpToPowerOf2((ulong)n) / 8);
        return (n + step - 1) / step * step;
    }
}
