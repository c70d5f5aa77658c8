using MWork.Probes.Models.Checkpoints;

namespace MWork.Probes.Models.Families;

/// <summary>Mistral (Jiang et al. 2023): Llama with a sliding window on every layer.</summary>
internal sealed class MistralFamily : IModelFamily
{
    public string ModelType => "mistral";

    public ModelConfig Read(JsonObjectReader config)
    {
        ModelConfig common = ConfigFields.ReadCommon(config, ModelType);
        return common with { Windows = ConfigFields.ReadWindows(config, common.Layers, slides: _ => true) };
    }

    public string PublishedName(string weight) => LlamaNames.Of(weight);
}
