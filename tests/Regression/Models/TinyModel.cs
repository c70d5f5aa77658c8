using MWork.Probes.Models;
using MWork.Probes.Tensors.Managed;

namespace MWork.Regression.Models;

/// <summary>A random Llama small enough for any test.</summary>
internal static class TinyModel
{
    public static readonly ModelConfig Config = new()
    {
        Family = "llama",
        VocabularySize = 31,
        HiddenSize = 24,
        IntermediateSize = 40,
        Layers = 3,
        Heads = 4,
        KeyValueHeads = 2,
        HeadSize = 6,
        Rotary = new Rotary(10000),
        AttentionScale = 0.4f,
        TiedEmbeddings = true,
    };

    public static Decoder Create(ulong seed = 1) => new(Config, Initialization.Random(ManagedBackend.Shared, Config, seed));
}
