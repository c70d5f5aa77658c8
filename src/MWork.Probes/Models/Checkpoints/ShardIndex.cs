using System.Text.Json;

namespace MWork.Probes.Models.Checkpoints;

/// <summary>Reads <c>model.safetensors.index.json</c>: which shard holds which tensor.</summary>
internal static class ShardIndex
{
    // As for a safetensors header; real ones hold some ten thousand lines.
    private const int MaxLength = 100_000_000;

    /// <summary>The field <c>weight_map</c>: tensor name → file name. Other fields, such as the total size, bind nobody.</summary>
    /// <exception cref="CheckpointException">The index cannot be read, or names something other than a file beside it.</exception>
    public static Dictionary<string, string> Read(string path)
    {
        byte[] json = ReadFile(path);
        try
        {
            return Parse(json, path);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw CheckpointException.In(path, "the index is not valid JSON; download it again", e);
        }
    }

    private static byte[] ReadFile(string path)
    {
        using MappedFile file = MappedFile.Open(path, atLeast: 2);
        if (file.Length > MaxLength)
        {
            throw CheckpointException.In(
                path, $"the index has {file.Length} bytes, above the limit of {MaxLength}, so it is not one; download it again");
        }

        byte[] json = new byte[file.Length];
        file.Read(0, json);
        return json;
    }

    private static Dictionary<string, string> Parse(byte[] bytes, string path)
    {
        var json = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 16 });
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw CheckpointException.In(path, "the index is not a JSON object; download it again");
        }

        Dictionary<string, string>? map = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (!json.ValueTextEquals("weight_map"u8))
            {
                json.Skip();
            }
            else if (map is null)
            {
                map = ReadMap(ref json, path);
            }
            else
            {
                throw CheckpointException.In(path, "the index has two fields 'weight_map'; write it again with one");
            }
        }

        json.Read();
        return map is { Count: > 0 }
            ? map
            : throw CheckpointException.In(path, "the index has no field 'weight_map' that lists tensors; download it again");
    }

    private static Dictionary<string, string> ReadMap(ref Utf8JsonReader json, string path)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw CheckpointException.In(path, "field 'weight_map' must be an object of file names; download it again");
        }

        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        string shard = "";
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string tensor = json.GetString()!;
            json.Read();
            if (json.TokenType != JsonTokenType.String)
            {
                throw CheckpointException.InTensor(path, tensor, "must be given a file name; download it again");
            }

            // Neighbours mostly share a shard, and then its name too.
            if (shard.Length == 0 || !json.ValueTextEquals(shard))
            {
                shard = json.GetString()!;
                RequirePlainName(path, tensor, shard);
            }

            if (map.Count == SafetensorsHeader.MaxTensors)
            {
                throw CheckpointException.In(
                    path, $"the index lists more than {SafetensorsHeader.MaxTensors} tensors; check what it is");
            }

            if (!map.TryAdd(tensor, shard))
            {
                throw CheckpointException.InTensor(path, tensor, "is listed twice; write the index again with one line for it");
            }
        }

        return map;
    }

    /// <summary>
    /// A shard lies beside its index. Caches of the Hugging Face hub make that name a symbolic link to a blob elsewhere, which is
    /// followed: links are made by whoever owns the machine, while the index comes from whoever published the weights.
    /// </summary>
    private static void RequirePlainName(string path, string tensor, string shard)
    {
        if (shard.AsSpan().IndexOfAny("/\\:\0") >= 0 || shard is "." or "..")
        {
            throw CheckpointException.InTensor(
                path,
                tensor,
                $"is said to be in {CheckpointException.Quote(shard)}, which is not a plain file name; put the shard beside the index");
        }

        if (!shard.EndsWith(".safetensors", StringComparison.Ordinal))
        {
            throw CheckpointException.InTensor(
                path,
                tensor,
                $"is said to be in {CheckpointException.Quote(shard)}, which is not a .safetensors file; convert the checkpoint");
        }
    }
}
