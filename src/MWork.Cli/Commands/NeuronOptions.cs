using System.CommandLine;
using System.Globalization;
using MWork.Probes.Neurons;
using MWork.Probes.Subjects;

namespace MWork.Cli.Commands;

/// <summary>The options that name neurons: <c>--neurons</c>, <c>--language</c> and <c>--layers</c>.</summary>
internal sealed class NeuronOptions
{
    /// <summary>What <c>--layers</c> does where it only narrows <c>--neurons</c>.</summary>
    public const string OfThese = "Only the neurons of these layers, such as 1-3.";

    private const string Written = "a file that mwork detect or attribute wrote, or a list such as 3.ffn.17,4.ffn (layer from 0; without an index all of the layer)";

    private readonly Option<string?> _neurons;
    private readonly Option<string?> _language = new("--language") { Description = "Whose neurons of the file." };
    private readonly Option<string?> _layers;

    /// <param name="what">What the command does with them, for <c>--help</c>.</param>
    /// <param name="layers">What <c>--layers</c> does, for <c>--help</c>.</param>
    /// <param name="required">Whether the command needs neurons.</param>
    public NeuronOptions(string what, string layers, bool required = false)
    {
        _neurons = new Option<string?>("--neurons") { Description = $"{what}: {Written}.", Required = required };
        _layers = new Option<string?>("--layers") { Description = layers };
    }

    public IReadOnlyList<Option> All => [_neurons, _language, _layers];

    public void AddTo(Command command)
    {
        foreach (Option option in All)
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (_neurons.Required || result.GetResult(_neurons) is not null)
            {
                return;
            }

            if (result.GetResult(_language) is not null)
            {
                result.AddError("--language says whose neurons, and --neurons names none");
            }

            if (_layers.Description == OfThese && result.GetResult(_layers) is not null)
            {
                result.AddError("--layers says which of the neurons, and --neurons names none");
            }
        });
    }

    /// <summary>The neurons that were named, or null where none were.</summary>
    /// <exception cref="NeuronFileException">The file is of another model, or has no such language.</exception>
    /// <exception cref="ArgumentException">The model has no such neuron or layer.</exception>
    public NeuronSet? Of(ParseResult parsed, Studied studied)
    {
        if (parsed.GetValue(_neurons) is not { } named)
        {
            return null;
        }

        var layout = NeuronLayout.Of(studied.Model.Decoder.Config);
        string? language = parsed.GetValue(_language);
        bool isFile = named.EndsWith(".json", StringComparison.Ordinal);
        if (!isFile && language is not null)
        {
            throw new ArgumentException("--language says whose neurons of a file, and --neurons names no file; leave it out.");
        }

        NeuronSet set = isFile ? NeuronSetFile.Load(named).Of(studied.Model, language, named) : NeuronList.Parse(named, layout);
        return parsed.GetValue(_layers) is { } layers ? set.InLayers(Layers(layers, layout.Layers)) : set;
    }

    /// <summary>The layers that were named; all where none were.</summary>
    /// <exception cref="ArgumentException">The model has no such layer.</exception>
    public IReadOnlyList<int> Layers(ParseResult parsed, Studied studied) => Layers(parsed.GetValue(_layers), studied);

    /// <summary>Layers as one writes them, <c>1-3</c> or <c>2</c>; all of the model's where nothing is written.</summary>
    /// <exception cref="ArgumentException">The model has no such layer.</exception>
    public static IReadOnlyList<int> Layers(string? text, Studied studied)
    {
        int layers = studied.Model.Decoder.Config.Layers;
        return text is null ? [.. Enumerable.Range(0, layers)] : Layers(text, layers);
    }

    private static IReadOnlyList<int> Layers(string text, int layers)
    {
        string[] ends = text.Split('-');
        return ends.Length is 1 or 2
            && int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int first)
            && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int last)
            && first <= last && last < layers
                ? [.. Enumerable.Range(first, last - first + 1)]
                : throw new ArgumentException($"--layers is '{text}' but must be one or two of 0 to {layers - 1}, such as 1-{Math.Min(3, layers - 1)}.");
    }
}
