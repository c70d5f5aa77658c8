using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MWork.Probes.Models;
using MWork.Probes.Text;

namespace MWork.Probes.Neurons.Detection;

/// <summary>What a run of a detector is to do: written before it starts, so that a run that goes on, and a merge, know what belongs together.</summary>
public sealed record DetectionPlan
{
    /// <summary>What the file is called in a run's directory.</summary>
    public const string FileName = "plan.json";

    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>One of <see cref="Detector.Methods"/>.</summary>
    public required string Method { get; init; }

    /// <summary><see cref="Detector.Options"/>.</summary>
    public required string Options { get; init; }

    /// <summary>Code of the language held to be central.</summary>
    public required string Pivot { get; init; }

    /// <summary>Hash of the model's weights.</summary>
    public required string Model { get; init; }

    /// <summary>Hash of all the text, of all shards.</summary>
    public required string Text { get; init; }

    /// <summary>Codes of the languages.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>Documents of all shards and languages.</summary>
    public required int Documents { get; init; }

    /// <summary>Which part this run measures, from 1.</summary>
    public required int Shard { get; init; }

    /// <summary>How many parts there are.</summary>
    public required int Shards { get; init; }

    internal Shard Part => new(Shard, Shards);

    /// <summary>The plan of one shard.</summary>
    /// <param name="documents">The whole text.</param>
    /// <exception cref="ArgumentException">The pivot is none of the text's languages, or there are fewer documents than shards.</exception>
    public static DetectionPlan Of(Detector detector, LanguageModel model, IReadOnlyList<Document> documents, string pivot, Shard shard)
    {
        string[] languages = [.. documents.Select(document => document.Language.Code).Distinct().Order(StringComparer.Ordinal)];
        if (!languages.Contains(pivot, StringComparer.Ordinal))
        {
            throw new ArgumentException($"The pivot is '{pivot}', and the text is in {string.Join(", ", languages)}; name one of those.");
        }

        if (shard.Count > documents.Count)
        {
            throw new ArgumentException($"{documents.Count} documents do not make {shard.Count} shards; ask for fewer.");
        }

        return new DetectionPlan
        {
            Method = detector.Method,
            Options = detector.Options,
            Pivot = pivot,
            Model = model.Hash,
            Text = ContentHash.Combine(documents
                .Select(document => (document.Language.Code, document.Hash))
                .OrderBy(pair => pair.Code, StringComparer.Ordinal).ThenBy(pair => pair.Hash, StringComparer.Ordinal)
                .Select(pair => $"{pair.Code}:{pair.Hash}")),
            Languages = languages,
            Documents = documents.Count,
            Shard = shard.Number,
            Shards = shard.Count,
        };
    }

    /// <summary>Reads the plan of a run's directory.</summary>
    /// <exception cref="NeuronFileException">There is none, or it cannot be used.</exception>
    public static DetectionPlan Load(string directory)
    {
        string path = Path.Combine(directory, FileName);
        string json = WholeFile.Read(path, "name a directory that mwork detect has written");
        try
        {
            DetectionPlan plan = JsonSerializer.Deserialize<DetectionPlan>(json, s_json)
                ?? throw new NeuronFileException($"{path}: null is not a plan; detect again into another directory.");
            return plan.Shard >= 1 && plan.Shard <= plan.Shards && plan.Shards <= plan.Documents
                ? plan
                : throw new NeuronFileException(
                    $"{path}: shard {plan.Shard} of {plan.Shards} of {plan.Documents} documents is none; detect again into another directory.");
        }
        catch (JsonException error)
        {
            throw new NeuronFileException(JsonProblem.Of(path, error), error);
        }
    }

    public void Save(string directory) =>
        WholeFile.Write(Path.Combine(directory, FileName), JsonSerializer.Serialize(this, s_json) + "\n");

    /// <summary>The first field in which another plan differs, as the files name it; null where none does.</summary>
    internal string? DifferenceFrom(DetectionPlan other)
    {
        JsonObject mine = JsonSerializer.SerializeToNode(this, s_json)!.AsObject();
        JsonObject its = JsonSerializer.SerializeToNode(other, s_json)!.AsObject();
        return mine.FirstOrDefault(field => !JsonNode.DeepEquals(field.Value, its[field.Key])).Key;
    }
}
