using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MWork.Probes.Evidence;

namespace MWork.Hypotheses.Harness;

/// <summary>A claim's protocol as one readable file: what is claimed, the regions, the numbers.</summary>
internal static class ProtocolFile
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Name(Claim claim, Protocol protocol) =>
        string.Create(CultureInfo.InvariantCulture, $"{claim.Id}.v{protocol.Version}.json");

    public static string Render(Claim claim, Protocol protocol) => Object(claim, protocol).ToJsonString(s_json) + "\n";

    /// <summary>The same with the hash of the shipped text, which belongs to what was fixed beforehand.</summary>
    public static string Render(Claim claim, Protocol protocol, string world)
    {
        JsonObject file = Object(claim, protocol);
        file["world"] = world;
        return file.ToJsonString(s_json) + "\n";
    }

    /// <summary>The numbers by name, those of a part behind a dot: <c>selection.documents</c>.</summary>
    public static SortedDictionary<string, string> Numbers(Protocol protocol)
    {
        var numbers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add(JsonSerializer.SerializeToNode(protocol, protocol.GetType(), s_json), "");
        return numbers;

        void Add(JsonNode? node, string name)
        {
            if (node is not JsonObject parts)
            {
                numbers[name] = node?.ToJsonString(s_json) ?? "";
                return;
            }

            foreach ((string part, JsonNode? value) in parts)
                Add(value, name.Length == 0 ? part : $"{name}.{part}");
        }
    }

    private static JsonObject Object(Claim claim, Protocol protocol) => new()
    {
        ["claim"] = claim.Id,
        ["family"] = claim.Family,
        ["sentence"] = claim.Sentence,
        ["source"] = claim.Source,
        ["criteria"] = new JsonArray([.. claim.Criteria.Select(criterion => new JsonObject
        {
            ["name"] = criterion.Name,
            ["unit"] = criterion.Unit,
            ["region"] = criterion.Region?.ToString() ?? "measured",
        })]),
        ["numbers"] = JsonSerializer.SerializeToNode(protocol, protocol.GetType(), s_json),
    };
}
