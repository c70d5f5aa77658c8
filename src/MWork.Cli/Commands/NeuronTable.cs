using System.Globalization;
using System.Text.Json.Nodes;
using MWork.Probes.Neurons;
using MWork.Probes.Neurons.Detection;
using Spectre.Console;

namespace MWork.Cli.Commands;

/// <summary>What a detection found, in numbers: the neurons themselves are in its file.</summary>
internal static class NeuronTable
{
    // A bar per layer: nothing, then eighths of the largest.
    private const string Bars = " ▁▂▃▄▅▆▇█";

    /// <param name="found">Null for a shard.</param>
    /// <param name="directory">The run's.</param>
    /// <param name="shard">What a shard has counted.</param>
    /// <param name="layers">Of the model; null where only the neurons are known.</param>
    public static void Show(Terminal terminal, NeuronSetFile? found, string directory, string shard, int? layers, bool json)
    {
        string file = found is null ? DetectionRun.CountsName : DetectionRun.NeuronsName;
        string path = Path.Combine(directory, file);
        if (json)
        {
            terminal.Write(Json(found, path));
        }
        else if (found is null)
        {
            terminal.Output.WriteLine($"{path}: {shard}; mwork merge puts the shards together.");
        }
        else
        {
            terminal.Console.Write(Table(found, layers ?? found.Languages.Values.SelectMany(set => set).Select(neuron => neuron.Layer + 1).DefaultIfEmpty(1).Max()));
            terminal.Output.WriteLine($"{path}: model {found.Origin.Model[..12]}, text {found.Origin.Text[..12]}");
        }
    }

    private static Table Table(NeuronSetFile found, int layers)
    {
        Table table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape($"Neurons by {found.Origin.Detector}"))
            .AddColumns("Language", "FFN", "Attention", $"By layer, 0 to {layers - 1}");
        foreach ((string language, NeuronSet set) in found.Languages.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            int[] counts = new int[layers];
            foreach (Neuron neuron in set)
            {
                counts[neuron.Layer]++;
            }

            int largest = Math.Max(1, counts.Max());
            string bars = string.Concat(counts.Select(count => Bars[count == 0 ? 0 : Math.Max(1, count * (Bars.Length - 1) / largest)]));
            table.AddRow(
                new Text(language), new Text(Whole(set.Ffn.Count)), new Text(Whole(set.Attention.Count)),
                new Text($"{bars}  {string.Join(' ', counts.Select(Whole))}"));
        }

        return table;
    }

    private static JsonObject Json(NeuronSetFile? found, string path)
    {
        var languages = new JsonObject();
        foreach ((string language, NeuronSet set) in found?.Languages.OrderBy(pair => pair.Key, StringComparer.Ordinal).AsEnumerable() ?? [])
        {
            languages[language] = new JsonObject { ["ffn"] = set.Ffn.Count, ["attention"] = set.Attention.Count };
        }

        return new JsonObject
        {
            ["file"] = path,
            ["finished"] = found is not null,
            ["detector"] = found?.Origin.Detector,
            ["model"] = found?.Origin.Model,
            ["text"] = found?.Origin.Text,
            ["neurons"] = languages,
        };
    }

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
