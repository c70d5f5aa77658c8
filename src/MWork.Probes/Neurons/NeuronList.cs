using System.Globalization;

namespace MWork.Probes.Neurons;

/// <summary>Neurons as one writes them by hand: <c>3.ffn.17</c>, or <c>3.ffn</c> for all of a layer's matrix, several with commas.</summary>
public static class NeuronList
{
    /// <exception cref="ArgumentException">Something is no neuron of the layout; the message names it and says what there is.</exception>
    public static NeuronSet Parse(string list, NeuronLayout layout) => new(list
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(entry => Entry(entry, layout)));

    /// <summary>The matrix of that name, in small letters; null where there is none.</summary>
    public static NeuronMatrix? Matrix(string name)
    {
        foreach (NeuronMatrix matrix in Enum.GetValues<NeuronMatrix>())
        {
            if (Name(matrix) == name)
            {
                return matrix;
            }
        }

        return null;
    }

    /// <summary>As users write a matrix: <c>ffn</c>, <c>query</c>, <c>key</c>, <c>value</c>, <c>output</c>.</summary>
    public static string Name(NeuronMatrix matrix) => matrix switch
    {
        NeuronMatrix.Ffn => "ffn",
        NeuronMatrix.Query => "query",
        NeuronMatrix.Key => "key",
        NeuronMatrix.Value => "value",
        NeuronMatrix.Output => "output",
        _ => throw new ArgumentOutOfRangeException(nameof(matrix), matrix, message: null),
    };

    private static IEnumerable<Neuron> Entry(string entry, NeuronLayout layout)
    {
        string[] parts = entry.Split('.');
        if (parts.Length is not (2 or 3) || !Number(parts[0], out int layer) || Matrix(parts[1]) is not { } matrix)
        {
            throw new ArgumentException(
                $"'{entry}' is no neuron; write layer, matrix and index, such as 3.ffn.17, or 3.ffn for all of them, with a matrix of "
                + $"{string.Join(", ", Enum.GetValues<NeuronMatrix>().Select(Name))}.");
        }

        if (parts.Length == 2 && layer < layout.Layers)
        {
            return Enumerable.Range(0, layout.Size(matrix)).Select(index => new Neuron(layer, matrix, index));
        }

        return parts.Length == 3 && Number(parts[2], out int index) && layout.Contains(new Neuron(layer, matrix, index))
            ? [new Neuron(layer, matrix, index)]
            : throw new ArgumentException(
                $"There is no neuron '{entry}'; the model has layers 0 to {layout.Layers - 1} with {parts[1]} neurons 0 to {layout.Size(matrix) - 1}.");
    }

    private static bool Number(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
