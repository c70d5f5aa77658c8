using System.Numerics;

namespace MWork.Probes.Neurons;

/// <summary>
/// A set of neurons as one bit per place of a <see cref="NeuronLayout"/>: what a document found important, at an eighth of a byte
/// per neuron, so that "important in all of these documents" is a conjunction of words. Immutable.
/// </summary>
public sealed class NeuronBits
{
    private const int WordBits = 64;

    private readonly ulong[] _words;

    private NeuronBits(int size, ulong[] words)
    {
        Size = size;
        _words = words;
    }

    /// <summary>Places, set or not.</summary>
    public int Size { get; }

    /// <summary>Places that are set.</summary>
    public int Count => _words.Sum(BitOperations.PopCount);

    public bool this[int place] => (_words[place / WordBits] >> (place % WordBits) & 1) != 0;

    public static NeuronBits Of(int size, IEnumerable<int> places)
    {
        ulong[] words = new ulong[WordsFor(size)];
        foreach (int place in places)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(place);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(place, size);
            words[place / WordBits] |= 1UL << (place % WordBits);
        }

        return new NeuronBits(size, words);
    }

    public static NeuronBits Of(NeuronLayout layout, IEnumerable<Neuron> neurons) =>
        Of(layout.Count, neurons.Select(layout.PlaceOf));

    /// <summary>What all of them hold.</summary>
    /// <exception cref="ArgumentException">There is none, or their sizes differ.</exception>
    public static NeuronBits All(IEnumerable<NeuronBits> sets) => Fold(sets, (sum, word) => sum & word);

    /// <summary>What any of them holds.</summary>
    /// <exception cref="ArgumentException">There is none, or their sizes differ.</exception>
    public static NeuronBits Any(IEnumerable<NeuronBits> sets) => Fold(sets, (sum, word) => sum | word);

    /// <summary>What this one holds and the other does not.</summary>
    public NeuronBits Except(NeuronBits other) => Fold([this, other], (mine, word) => mine & ~word);

    /// <summary>The places that are set, ascending.</summary>
    public IEnumerable<int> Places()
    {
        for (int i = 0; i < _words.Length; i++)
        {
            for (ulong word = _words[i]; word != 0; word &= word - 1)
            {
                yield return (i * WordBits) + BitOperations.TrailingZeroCount(word);
            }
        }
    }

    public NeuronSet ToSet(NeuronLayout layout)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(layout.Count, Size, nameof(layout));
        return new NeuronSet(Places().Select(place => layout[place]));
    }

    /// <summary>The bits, eight places to a byte, the first place lowest.</summary>
    internal byte[] ToBytes()
    {
        byte[] bytes = new byte[BytesFor(Size)];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(_words[i / sizeof(ulong)] >> (i % sizeof(ulong) * 8));
        }

        return bytes;
    }

    /// <summary>What <see cref="ToBytes"/> wrote, or null where the bytes are not a set of that size.</summary>
    internal static NeuronBits? FromBytes(int size, byte[] bytes)
    {
        if (bytes.Length != BytesFor(size) || (size % 8 != 0 && bytes[^1] >> (size % 8) != 0))
        {
            return null;
        }

        ulong[] words = new ulong[WordsFor(size)];
        for (int i = 0; i < bytes.Length; i++)
        {
            words[i / sizeof(ulong)] |= (ulong)bytes[i] << (i % sizeof(ulong) * 8);
        }

        return new NeuronBits(size, words);
    }

    private static NeuronBits Fold(IEnumerable<NeuronBits> sets, Func<ulong, ulong, ulong> combine)
    {
        NeuronBits[] all = [.. sets];
        if (all.Length == 0 || all.Any(set => set.Size != all[0].Size))
        {
            throw new ArgumentException(
                "Sets of neurons combine when there is at least one and all are of one model.", nameof(sets));
        }

        ulong[] words = [.. all[0]._words];
        foreach (NeuronBits set in all.Skip(1))
        {
            for (int i = 0; i < words.Length; i++)
            {
                words[i] = combine(words[i], set._words[i]);
            }
        }

        return new NeuronBits(all[0].Size, words);
    }

    private static int WordsFor(int size) => (size + WordBits - 1) / WordBits;

    private static int BytesFor(int size) => (size + 7) / 8;
}
