using MWork.Probes.Models;
using MWork.Probes.Randomness;
using MWork.Probes.Tensors.Managed;
using MWork.Testing;

namespace MWork.Regression.Models;

/// <summary>
/// Random small models of every family: the reference checkpoints' configurations with sizes of their own and random weights.
/// </summary>
internal static class TinyFamilies
{
    public static readonly string[] Names =
        ["bloom", "gemma2", "llama-mha", "llama3-gqa-ropescaled", "mistral-swa", "qwen2", "qwen3"];

    public static Decoder Create(string name, CounterRandom random)
    {
        ModelConfig config = Config(ModelDirectory.ReadConfig(Repository.Fixture("golden", "models", name)), random);
        return new Decoder(config, new Weights(config, (weight, shape) =>
        {
            CounterRandom own = random.Fork(weight);

            // Large enough for attention to be sharp and for the likeliest token to change from step to step.
            float size = shape.Length == 1 ? 0.3f : 1.5f / (float)Math.Sqrt(shape[^1]);
            float centre = weight.EndsWith("norm.weight", StringComparison.Ordinal) ? 1 - config.Norm.Offset : 0;
            float[] values = [.. Enumerable.Range(0, shape.Aggregate(1, (product, n) => product * n))
                .Select(_ => centre + (size * (float)own.NextGaussian()))];
            return ManagedBackend.Shared.FromArray(values, shape);
        }));
    }

    private static ModelConfig Config(ModelConfig family, CounterRandom random)
    {
        int groups = 1 + random.NextInt(3);
        int heads = family.Family == "bloom" ? groups : groups * (1 + random.NextInt(3));
        int headSize = 2 * (1 + random.NextInt(12));
        int layers = 1 + random.NextInt(3);
        int window = 1 + random.NextInt(9);
        return family with
        {
            VocabularySize = 20 + random.NextInt(60),
            HiddenSize = family.Family == "bloom" ? heads * headSize : 3 + random.NextInt(random.NextBool(0.1) ? 300 : 70),
            IntermediateSize = random.NextBool(0.2) ? 257 + random.NextInt(80) : 3 + random.NextInt(90),
            Layers = layers,
            Heads = heads,
            KeyValueHeads = groups,
            HeadSize = headSize,
            MaxPositions = 20 + random.NextInt(12),
            AttentionScale = 1 / (float)Math.Sqrt(headSize),
            Windows = [.. family.Windows.Take(layers).Select(width => width is null ? (int?)null : window)],
        };
    }
}
