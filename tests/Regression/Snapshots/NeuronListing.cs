using System.Globalization;
using System.Text;
using MWork.Probes.Neurons;
using MWork.Probes.Text;

namespace MWork.Regression.Snapshots;

/// <summary>
/// Sets of FFN neurons as text that a person reads and a test reads back: detector, language, layer, then the number of neurons and their indices, with runs as
/// ranges. A list that nobody would read is cut to its number and a hash, so that files stay small and a change still shows.
/// </summary>
internal sealed class NeuronListing
{
    /// <summary>The most indices of one layer that are written out.</summary>
    public const int LongestList = 120;

    private const string NoNeurons = "none";
    private const int HashLength = 8;

    private readonly List<(string Detector, string Language, SortedDictionary<int, LayerNeurons> Layers)> _sets = [];

    /// <param name="title">The first line: what was measured, on what.</param>
    public NeuronListing(string title) => Title = title;

    public string Title { get; }

    /// <summary>What each layer has, in the order of the text.</summary>
    public IEnumerable<((string Detector, string Language, int Layer) Place, LayerNeurons Neurons)> Layers =>
        from set in _sets from layer in set.Layers select ((set.Detector, set.Language, layer.Key), layer.Value);

    /// <exception cref="ArgumentException">A neuron is one of attention.</exception>
    public void Add(string detector, string language, NeuronSet neurons)
    {
        if (neurons.Attention.Count > 0)
            throw new ArgumentException("A listing has FFN neurons only.", nameof(neurons));

        _sets.Add((detector, language, new(neurons.GroupBy(neuron => neuron.Layer).ToDictionary(
            layer => layer.Key, layer => LayerNeurons.Of([.. layer.Select(neuron => neuron.Index)])))));
    }

    public override string ToString()
    {
        var text = new StringBuilder(Title);
        foreach (var detector in _sets.GroupBy(set => set.Detector))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n\n{detector.Key}");
            foreach ((_, string language, SortedDictionary<int, LayerNeurons> layers) in detector)
            {
                int total = layers.Values.Sum(layer => layer.Count);
                string hash = HashOf(layers.Values.Select(layer => layer.Hash));
                text.Append(CultureInfo.InvariantCulture, $"\n  {language}: {(total == 0 ? NoNeurons : Invariant($"{total} #{hash}"))}");
                foreach ((int layer, LayerNeurons neurons) in layers)
                    text.Append(CultureInfo.InvariantCulture, $"\n    layer {layer}: {neurons}");
            }
        }

        return text.ToString();
    }

    /// <summary>Reads back what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">It is not such a text; the message names the line.</exception>
    public static NeuronListing Parse(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        var listing = new NeuronListing(lines[0]);
        string detector = "";
        foreach (string line in lines.Skip(1).Where(line => line.Length > 0))
        {
            try
            {
                string[] sides = line.Split(": ", 2);
                if (line.StartsWith("    layer ", StringComparison.Ordinal))
                    listing._sets[^1].Layers.Add(int.Parse(sides[0]["    layer ".Length..], CultureInfo.InvariantCulture), LayerNeurons.Parse(sides[1]));
                else if (line.StartsWith("  ", StringComparison.Ordinal))
                    listing._sets.Add((detector, sides[0].Trim(), []));
                else
                    detector = line;
            }
            catch (Exception error) when (error is FormatException or ArgumentException or IndexOutOfRangeException)
            {
                throw new FormatException($"'{line}' is no line of a listing of neurons.", error);
            }
        }

        return listing;
    }

    internal static string HashOf(IEnumerable<string> parts) => ContentHash.Of(parts)[..HashLength];

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
