using MWork.Probes.Models;

namespace MWork.Probes.Neurons;

/// <summary>
/// How many neurons each matrix of every layer has, and where each stands when all of them are put in one row: in the order of
/// <see cref="Neuron"/>. Matrices that a detector leaves out have size 0.
/// </summary>
public sealed class NeuronLayout : IEquatable<NeuronLayout>
{
    private static readonly NeuronMatrix[] s_matrices = Enum.GetValues<NeuronMatrix>();

    private readonly int[] _sizes;
    private readonly int[] _offsets;
    private readonly int _perLayer;

    /// <param name="layers">Blocks.</param>
    /// <param name="sizes">Neurons per layer, by matrix in the order of the enumeration.</param>
    public NeuronLayout(int layers, params IReadOnlyList<int> sizes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(layers);
        ArgumentOutOfRangeException.ThrowIfNotEqual(sizes.Count, s_matrices.Length, nameof(sizes));
        Layers = layers;
        _sizes = [.. sizes];
        _offsets = new int[_sizes.Length];
        foreach (int size in _sizes)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(size, nameof(sizes));
        }

        for (int i = 1; i < _sizes.Length; i++)
        {
            _offsets[i] = _offsets[i - 1] + _sizes[i - 1];
        }

        _perLayer = _offsets[^1] + _sizes[^1];
        Count = checked(layers * _perLayer);
    }

    public int Layers { get; }

    /// <summary>Neurons in all layers and matrices.</summary>
    public int Count { get; }

    /// <summary>Every layer's matrices that have neurons, in the order of neurons.</summary>
    public IEnumerable<(int Layer, NeuronMatrix Matrix)> Blocks => Enumerable.Range(0, Layers)
        .SelectMany(layer => s_matrices.Where(matrix => Size(matrix) > 0).Select(matrix => (layer, matrix)));

    /// <summary>The neuron at a place in the row.</summary>
    public Neuron this[int place]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(place);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(place, Count);
            int within = place % _perLayer;
            int matrix = _sizes.Length - 1;
            while (within < _offsets[matrix] || _sizes[matrix] == 0)
            {
                matrix--;
            }

            return new Neuron(place / _perLayer, s_matrices[matrix], within - _offsets[matrix]);
        }
    }

    /// <summary>The rows and columns that a model has.</summary>
    /// <param name="matrices">Which matrices to count; all of them where null.</param>
    public static NeuronLayout Of(ModelConfig config, IEnumerable<NeuronMatrix>? matrices = null)
    {
        HashSet<NeuronMatrix> wanted = [.. matrices ?? s_matrices];
        return new NeuronLayout(config.Layers, [.. s_matrices.Select(matrix => !wanted.Contains(matrix) ? 0 : matrix switch
        {
            NeuronMatrix.Ffn => config.IntermediateSize,
            NeuronMatrix.Query or NeuronMatrix.Output => config.Heads * config.HeadSize,
            _ => config.KeyValueHeads * config.HeadSize,
        })]);
    }

    /// <summary>Neurons of this matrix in every layer.</summary>
    public int Size(NeuronMatrix matrix) => _sizes[(int)matrix];

    /// <summary>Where a layer's matrix begins.</summary>
    public int Offset(int layer, NeuronMatrix matrix) => (layer * _perLayer) + _offsets[(int)matrix];

    public bool Contains(Neuron neuron) =>
        (uint)neuron.Layer < (uint)Layers && (uint)neuron.Index < (uint)_sizes[(int)neuron.Matrix];

    /// <summary>Where a neuron stands.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The layout has no such neuron.</exception>
    public int PlaceOf(Neuron neuron) => Contains(neuron)
        ? Offset(neuron.Layer, neuron.Matrix) + neuron.Index
        : throw new ArgumentOutOfRangeException(nameof(neuron), neuron, $"There is no such neuron among {this}.");

    public bool Equals(NeuronLayout? other) => other is not null && Layers == other.Layers
        && _sizes.AsSpan().SequenceEqual(other._sizes);

    public override bool Equals(object? obj) => Equals(obj as NeuronLayout);

    public override int GetHashCode() => HashCode.Combine(Layers, Count);

    public override string ToString() =>
        $"{Layers} layers of {string.Join(", ", s_matrices.Select((matrix, i) => $"{matrix} {_sizes[i]}"))}";
}
