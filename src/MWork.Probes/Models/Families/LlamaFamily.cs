using MWork.Probes.Models.Checkpoints;

namespace MWork.Probes.Models.Families;

/// <summary>Llama 1 to 3 and what is shaped like them (Touvron et al. 2023), Vicuna among them.</summary>
internal sealed class LlamaFamily : IModelFamily
{
    public string ModelType => "llama";

    public ModelConfig Read(JsonObjectReader config) => ConfigFields.ReadCommon(config, ModelType);

    public string PublishedName(string weight) => LlamaNames.Of(weight);
}
