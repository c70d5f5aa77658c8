using MWork.Probes.Models.Checkpoints;

namespace MWork.Probes.Models.Families;

/// <summary>Qwen 2 and 2.5 (Yang et al. 2024): Llama with biases on queries, keys and values.</summary>
internal sealed class Qwen2Family : IModelFamily
{
    public string ModelType => "qwen2";

    public ModelConfig Read(JsonObjectReader config)
    {
        ModelConfig common = ConfigFields.ReadCommon(config, ModelType);
        return common with
        {
            QueryKeyValueBias = true,
            OutputBias = false,
            Windows = ReadQwenWindows(config, common.Layers),
        };
    }

    public string PublishedName(string weight) => LlamaNames.Of(weight);

    /// <summary>Qwen slides only where <c>use_sliding_window</c> says so, and then from layer <c>max_window_layers</c> on.</summary>
    internal static int?[] ReadQwenWindows(JsonObjectReader config, int layers)
    {
        if (!(config.GetOptionalBool("use_sliding_window") ?? false))
        {
            return [];
        }

        int first = config.GetOptionalInt("max_window_layers", 0) ?? 28;
        return ConfigFields.ReadWindows(config, layers, layer => layer >= first);
    }
}
