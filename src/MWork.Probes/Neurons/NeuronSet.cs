using System.Collections;

namespace MWork.Probes.Neurons;

/// <summary>An immutable set of neurons, enumerated in their order.</summary>
public sealed class NeuronSet : IReadOnlySet<Neuron>, IEquatable<NeuronSet>
{
    public static readonly NeuronSet Empty = new([]);

    private readonly SortedSet<Neuron> _neurons;
    private int? _hash;

    public NeuronSet(IEnumerable<Neuron> neurons) => _neurons = [.. neurons];

    public int Count => _neurons.Count;

    public bool Contains(Neuron item) => _neurons.Contains(item);

    public NeuronSet Union(NeuronSet other) => new(_neurons.Concat(other));

    public NeuronSet Intersect(NeuronSet other) => new(_neurons.Where(other.Contains));

    public NeuronSet Except(NeuronSet other) => new(_neurons.Where(neuron => !other.Contains(neuron)));

    public NeuronSet Where(Func<Neuron, bool> keep) => new(_neurons.Where(keep));

    /// <summary>The neurons of these layers.</summary>
    public NeuronSet InLayers(IEnumerable<int> layers)
    {
        HashSet<int> wanted = [.. layers];
        return Where(neuron => wanted.Contains(neuron.Layer));
    }

    /// <summary>The neurons of the feed-forward layers.</summary>
    public NeuronSet Ffn => Where(neuron => neuron.Matrix == NeuronMatrix.Ffn);

    /// <summary>The neurons of the attention layers.</summary>
    public NeuronSet Attention => Where(neuron => neuron.Matrix != NeuronMatrix.Ffn);

    public bool IsSubsetOf(IEnumerable<Neuron> other) => _neurons.IsSubsetOf(other);

    public bool IsSupersetOf(IEnumerable<Neuron> other) => _neurons.IsSupersetOf(other);

    public bool IsProperSubsetOf(IEnumerable<Neuron> other) => _neurons.IsProperSubsetOf(other);

    public bool IsProperSupersetOf(IEnumerable<Neuron> other) => _neurons.IsProperSupersetOf(other);

    public bool Overlaps(IEnumerable<Neuron> other) => _neurons.Overlaps(other);

    public bool SetEquals(IEnumerable<Neuron> other) => _neurons.SetEquals(other);

    public bool Equals(NeuronSet? other) => ReferenceEquals(this, other)
        || (other is not null && Count == other.Count && GetHashCode() == other.GetHashCode() && _neurons.SequenceEqual(other._neurons));

    public override bool Equals(object? obj) => Equals(obj as NeuronSet);

    // Sets are keys of caches that are asked once per prompt.
    public override int GetHashCode() => _hash ??= _neurons.Aggregate(0, HashCode.Combine);

    public IEnumerator<Neuron> GetEnumerator() => _neurons.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
