namespace MWork.Probes.Neurons;

/// <summary>One neuron. Neurons are ordered by layer, matrix, index.</summary>
/// <param name="Layer">Block, from 0.</param>
/// <param name="Index">Row or column within the matrix.</param>
public readonly record struct Neuron(int Layer, NeuronMatrix Matrix, int Index) : IComparable<Neuron>
{
    public int CompareTo(Neuron other) => (Layer, Matrix, Index).CompareTo((other.Layer, other.Matrix, other.Index));

    public static bool operator <(Neuron left, Neuron right) => left.CompareTo(right) < 0;

    public static bool operator >(Neuron left, Neuron right) => left.CompareTo(right) > 0;

    public static bool operator <=(Neuron left, Neuron right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Neuron left, Neuron right) => left.CompareTo(right) >= 0;
}
