using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MWork.Probes.Models;

namespace MWork.Probes.Neurons;

/// <summary>
/// The neurons of several languages as JSON: per language and matrix one list of indices per layer, with what they came from and
/// its hash.
/// </summary>
public sealed record NeuronSetFile(NeuronOrigin Origin, IReadOnlyDictionary<string, NeuronSet> Languages)
{
    private const int Schema = 1;
    private const string WayOut = "detect the neurons again";

    // Of the languages' and options' characters none is dangerous here: the files are never put into a web page as they are.
    private static readonly JavaScriptEncoder s_encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>Writes the file, in whole or not at all.</summary>
    public void Save(string path) => WholeFile.Write(path, ToJson());

    /// <summary>One line per layer's list, so that a difference between two files can be read.</summary>
    public string ToJson()
    {
        var text = new StringBuilder();
        text.Append("{\n")
            .Append(Line("  ", "schema", Schema)).Append(",\n")
            .Append(Line("  ", "detector", Origin.Detector)).Append(",\n")
            .Append(Line("  ", "options", Origin.Options)).Append(",\n")
            .Append(Line("  ", "model", Origin.Model)).Append(",\n")
            .Append(Line("  ", "text", Origin.Text)).Append(",\n")
            .Append(Line("  ", "origin", Origin.Hash)).Append(",\n  \"languages\": {");
        string between = "\n";
        foreach ((string language, NeuronSet set) in Languages.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append(between).Append("    ").Append(Quote(language)).Append(": {");
            Write(text, set);
            text.Append(set.Count == 0 ? "}" : "\n    }");
            between = ",\n";
        }

        return text.Append(Languages.Count == 0 ? "}" : "\n  }").Append("\n}\n").ToString();
    }

    /// <exception cref="NeuronFileException">There is no such file, or something in it cannot be used.</exception>
    public static NeuronSetFile Load(string path) => Parse(WholeFile.Read(path, "name a file that a detector has written"), path);

    /// <param name="name">What to call the text in a complaint: its file.</param>
    /// <exception cref="NeuronFileException">Something in it cannot be used.</exception>
    public static NeuronSetFile Parse(string json, string name) => JsonEntry.Parse(name, json, root =>
    {
        if (root["schema"].Natural() is var schema and not Schema)
        {
            throw root["schema"].Complaint($"is {schema}, and this version reads only {Schema}; {WayOut}");
        }

        var origin = new NeuronOrigin(root["detector"].Text(), root["options"].Text(), root["model"].Text(), root["text"].Text());
        if (root["origin"].Text() != origin.Hash)
        {
            throw root["origin"].Complaint(
                $"is not the hash of detector, options, model and text: one of them was changed; {WayOut}");
        }

        return new NeuronSetFile(origin, new SortedDictionary<string, NeuronSet>(
            root["languages"].Properties().ToDictionary(language => language.Name, language => ReadMatrices(language.Value)),
            StringComparer.Ordinal));
    });

    /// <summary>The neurons of a language, to be used in a model.</summary>
    /// <param name="language">Null where the file has one set only.</param>
    /// <param name="name">What to call the file in a complaint.</param>
    /// <exception cref="NeuronFileException">They were found in another model, or there is no such language.</exception>
    public NeuronSet Of(LanguageModel model, string? language, string name)
    {
        if (Origin.Model != model.Hash)
        {
            throw new NeuronFileException(
                $"{name}: field 'model' is {Origin.Model}, and this model's weights are {model.Hash}; name the model that the neurons were found in.");
        }

        if (language is null && Languages.Count != 1)
        {
            throw new NeuronFileException($"{name}: has neurons of {string.Join(", ", Languages.Keys)}; say whose to take.");
        }

        var layout = NeuronLayout.Of(model.Decoder.Config);
        return Languages.TryGetValue(language ?? Languages.Keys.Single(), out NeuronSet? set)
            ? set.All(layout.Contains) ? set : throw new NeuronFileException($"{name}: names neurons that the model does not have; {WayOut}.")
            : throw new NeuronFileException($"{name}: has no neurons of '{language}'; it has those of {string.Join(", ", Languages.Keys)}.");
    }

    /// <summary>
    /// Reads the layout in which LAPE's sets are published, as JSON: <c>{"en": [[indices of layer 0], [of layer 1], …], …}</c>.
    /// </summary>
    /// <param name="name">What to call the text in a complaint: its file.</param>
    /// <param name="layout">The neurons that the model has; lists must be as many as its layers.</param>
    /// <param name="matrix">Whose indices they are.</param>
    /// <exception cref="NeuronFileException">A list is missing or too many, or an index is none of the model's.</exception>
    public static IReadOnlyDictionary<string, NeuronSet> ParsePublished(
        string json, string name, NeuronLayout layout, NeuronMatrix matrix = NeuronMatrix.Ffn) =>
        JsonEntry.Parse(name, json, root => ReadPublished(root, layout, matrix));

    private static SortedDictionary<string, NeuronSet> ReadPublished(JsonEntry root, NeuronLayout layout, NeuronMatrix matrix)
    {
        var sets = new SortedDictionary<string, NeuronSet>(StringComparer.Ordinal);
        foreach ((string language, JsonEntry layers) in root.Properties())
        {
            int lists = layers.Items().Count();
            if (lists != layout.Layers)
            {
                throw layers.Complaint(
                    $"has {lists} lists where the model has {layout.Layers} layers; give every layer a list, be it empty");
            }

            sets[language] = new NeuronSet(layers.Items().SelectMany((list, layer) => list.Items().Select(
                index => new Neuron(layer, matrix, index.Natural()) is var neuron && layout.Contains(neuron)
                    ? neuron
                    : throw index.Complaint(
                        $"is {neuron.Index}, and the model has {layout.Size(matrix)} neurons in {matrix}; use its own lists"))));
        }

        return sets;
    }

    private static NeuronSet ReadMatrices(JsonEntry language) => new(language.Properties().SelectMany(matrix =>
        matrix.Value.Items().SelectMany(
            (list, layer) => list.Items().Select(index => new Neuron(layer, Matrix(matrix), index.Natural())))));

    private static NeuronMatrix Matrix((string Name, JsonEntry Value) entry) => NeuronList.Matrix(entry.Name)
        ?? throw entry.Value.Complaint($"is no matrix; there are {string.Join(", ", Enum.GetValues<NeuronMatrix>().Select(NeuronList.Name))}");

    private static void Write(StringBuilder text, NeuronSet set)
    {
        string betweenMatrices = "\n";
        foreach (IGrouping<NeuronMatrix, Neuron> matrix in set.GroupBy(neuron => neuron.Matrix).OrderBy(group => group.Key))
        {
            ILookup<int, int> layers = matrix.ToLookup(neuron => neuron.Layer, neuron => neuron.Index);
            IEnumerable<string> lists = Enumerable.Range(0, matrix.Max(neuron => neuron.Layer) + 1)
                .Select(layer => $"\n        [{string.Join(", ", layers[layer])}]");
            text.Append(betweenMatrices).Append("      ").Append(Quote(NeuronList.Name(matrix.Key))).Append(": [").AppendJoin(",", lists)
                .Append("\n      ]");
            betweenMatrices = ",\n";
        }
    }

    private static string Line(string indent, string name, int value) => $"{indent}\"{name}\": {value}";

    private static string Line(string indent, string name, string value) => $"{indent}\"{name}\": {Quote(value)}";

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, s_encoder)}\"";
}
