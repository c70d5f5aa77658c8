using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace MWork.Probes.Randomness;

/// <summary>
/// Philox 4×32-10 (Salmon et al. 2011): random numbers as a function of (seed, stream, counter). The same on every machine and
/// runtime, cheap to fork by name, so that each use of chance has a stream of its own and adding one does not shift the others.
/// </summary>
public sealed partial class CounterRandom
{
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;

    private readonly ulong _key;
    private readonly ulong _stream;
    private readonly uint[] _block = new uint[4];
    private ulong _counter;
    private int _used = 4;

    /// <param name="seed">The seed a protocol or a command names.</param>
    /// <param name="stream">What the numbers are for, e.g. <c>"bootstrap"</c>.</param>
    public CounterRandom(ulong seed, string stream = "")
        : this(seed, StreamOf(stream))
    {
    }

    private CounterRandom(ulong seed, ulong stream)
    {
        _key = seed;
        _stream = stream;
    }

    /// <summary>An independent generator with the same seed; equal names give equal generators.</summary>
    public CounterRandom Fork(string stream) => new(_key, _stream ^ (StreamOf(stream) * 0x9E3779B97F4A7C15UL));

    /// <summary>An independent generator for the item at <paramref name="index"/>.</summary>
    public CounterRandom Fork(long index) => new(_key, (_stream * 0xD1342543DE82EF95UL) + (ulong)index + 1);

    public uint NextUInt32()
    {
        if (_used == 4)
        {
            Fill();
        }

        return _block[_used++];
    }

    public ulong NextUInt64() => ((ulong)NextUInt32() << 32) | NextUInt32();

    /// <summary>Uniform in [0, 1) with 53 random bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, <paramref name="exclusive"/>), without bias.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="exclusive"/> is not positive.</exception>
    public int NextInt(int exclusive)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusive);
        uint range = (uint)exclusive;
        uint threshold = (0u - range) % range;
        while (true)
        {
            ulong product = (ulong)NextUInt32() * range;
            if ((uint)product >= threshold)
            {
                return (int)(product >> 32);
            }
        }
    }

    /// <summary>True with probability <paramref name="p"/>.</summary>
    public bool NextBool(double p) => NextDouble() < p;

    /// <summary>Fisher–Yates.</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = NextInt(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    /// <summary><paramref name="count"/> distinct integers from [0, <paramref name="population"/>), in random order.</summary>
    public int[] Sample(int population, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, population);
        int[] all = Enumerable.Range(0, population).ToArray();
        for (int i = 0; i < count; i++)
        {
            int j = i + NextInt(population - i);
            (all[i], all[j]) = (all[j], all[i]);
        }

        return all[..count];
    }

    /// <summary>One of the values, each as likely as the others.</summary>
    public T Pick<T>(IReadOnlyList<T> values) => values[NextInt(values.Count)];

    /// <summary>The ten rounds for one counter and key, as in the reference implementation (Random123).</summary>
    internal static void Rounds(Span<uint> block, uint key0, uint key1)
    {
        for (int round = 0; round < 10; round++)
        {
            ulong product0 = (ulong)Multiplier0 * block[0];
            ulong product1 = (ulong)Multiplier1 * block[2];
            uint next0 = (uint)(product1 >> 32) ^ block[1] ^ key0;
            uint next2 = (uint)(product0 >> 32) ^ block[3] ^ key1;
            block[1] = (uint)product1;
            block[3] = (uint)product0;
            block[0] = next0;
            block[2] = next2;
            key0 += Weyl0;
            key1 += Weyl1;
        }
    }

    private static ulong StreamOf(string name) =>
        name.Length == 0 ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name)));

    private void Fill()
    {
        _block[0] = (uint)_counter;
        _block[1] = (uint)(_counter >> 32);
        _block[2] = (uint)_stream;
        _block[3] = (uint)(_stream >> 32);
        Rounds(_block, (uint)_key, (uint)(_key >> 32));
        _counter++;
        _used = 0;
    }
}
