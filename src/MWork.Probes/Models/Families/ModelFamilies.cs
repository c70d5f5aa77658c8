using MWork.Probes.Models.Checkpoints;

namespace MWork.Probes.Models.Families;

/// <summary>The families there are.</summary>
internal static class ModelFamilies
{
    private static readonly IModelFamily[] s_all =
        [new BloomFamily(), new Gemma2Family(), new LlamaFamily(), new MistralFamily(), new Qwen2Family(), new Qwen3Family()];

    /// <summary>The family of a configuration.</summary>
    public static IModelFamily Of(JsonObjectReader config)
    {
        JsonField type = config.Require("model_type");
        return s_all.FirstOrDefault(family => family.ModelType == type.AsString())
            ?? throw type.Wrong($"one of the supported families: {string.Join(", ", s_all.Select(family => family.ModelType))}");
    }

    /// <summary>The family that goes by a <c>model_type</c> which a configuration was read from.</summary>
    public static IModelFamily Named(string modelType) => s_all.Single(family => family.ModelType == modelType);
}
