using MWork.Probes.Tensors;

namespace MWork.Probes.Models;

/// <summary>The parameters of a decoder by their name here (<see cref="WeightNames"/>), in the decoder's own layout.</summary>
public sealed class Weights : IDisposable
{
    private readonly SortedDictionary<string, Tensor> _tensors = new(StringComparer.Ordinal);

    /// <param name="config">Decides which parameters there are, and their shapes.</param>
    /// <param name="load">Gives each parameter; the weights own what it returns.</param>
    /// <exception cref="ArgumentException">A parameter does not have the shape that the configuration asks for.</exception>
    public Weights(ModelConfig config, Func<string, int[], Tensor> load)
    {
        foreach ((string name, int[] shape) in WeightNames.Of(config))
        {
            Tensor tensor = load(name, shape);
            if (!tensor.Shape.SequenceEqual(shape))
            {
                throw new ArgumentException($"Weight '{name}' has shape {Tensor.Describe(tensor.Shape)}; the configuration asks for {Tensor.Describe(shape)}.");
            }

            _tensors[name] = TensorScope.Detach(tensor);
        }
    }

    public Tensor this[string name] => _tensors[name];

    /// <summary>Every parameter, ordered by name, so that loops over them have one order everywhere.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> All => _tensors;

    /// <summary>Number of single weights.</summary>
    public long Count => _tensors.Values.Sum(tensor => (long)tensor.Count);

    /// <summary>The parameter, or null where the configuration has none of that name.</summary>
    public Tensor? Find(string name) => _tensors.GetValueOrDefault(name);

    public void Dispose()
    {
        foreach (Tensor tensor in _tensors.Values)
        {
            tensor.Dispose();
        }
    }
}
