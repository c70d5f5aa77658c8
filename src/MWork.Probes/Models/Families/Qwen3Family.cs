using MWork.Probes.Models.Checkpoints;

namespace MWork.Probes.Models.Families;

/// <summary>Qwen 3 (Yang et al. 2025): RMS norms on queries and keys, a head size of its own, biases only where asked for.</summary>
internal sealed class Qwen3Family : IModelFamily
{
    public string ModelType => "qwen3";

    public ModelConfig Read(JsonObjectReader config)
    {
        ModelConfig common = ConfigFields.ReadCommon(config, ModelType);
        return common with { QueryKeyNorm = true, Windows = Qwen2Family.ReadQwenWindows(config, common.Layers) };
    }

    public string PublishedName(string weight) => LlamaNames.Of(weight);
}
