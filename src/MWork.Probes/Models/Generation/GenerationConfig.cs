using System.Text.Json;
using MWork.Probes.Models.Checkpoints;

namespace MWork.Probes.Models.Generation;

/// <summary>What a checkpoint directory says about generation.</summary>
public static class GenerationConfig
{
    private static readonly string[] s_files = ["generation_config.json", "config.json"];

    /// <summary>
    /// The ids that end a text: <c>eos_token_id</c>, one or several, of <c>generation_config.json</c>, or of <c>config.json</c>
    /// where that is silent; null where both are.
    /// </summary>
    /// <exception cref="CheckpointException">A file is not a JSON object, or the field is not an id or a list of ids.</exception>
    public static IReadOnlyList<int>? ReadStopTokens(string directory) => s_files
        .Select(name => Path.Combine(directory, name))
        .Where(File.Exists)
        .Select(path => JsonObjectReader.Open(path).Find("eos_token_id"))
        .FirstOrDefault(field => field is not null) is { } ids
            ? ids.Kind == JsonValueKind.Array ? [.. ids.AsArray().Select(id => id.AsInt(0))] : [ids.AsInt(0)]
            : null;
}
