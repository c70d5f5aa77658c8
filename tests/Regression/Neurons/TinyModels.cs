using MWork.Probes.Models;
using MWork.Probes.Randomness;
using MWork.Probes.Tensors.Managed;
using MWork.Probes.Tokenizers;
using MWork.Regression.Models;

namespace MWork.Regression.Neurons;

/// <summary>Random models of many architectures, small enough to switch every neuron off one by one. Biases and norms are random
/// too, so that a detector that forgets one is seen.</summary>
internal static class TinyModels
{
    /// <summary>Queries of odd heads are zero in one pair of coordinates, keys of the first group in another, as in models that were built.</summary>
    private const string Idle = "idle coordinates";

    /// <summary>The same pairs in all heads, and a norm that ties a head's coordinates to each other: what is zero in the keys alone still matters as a row of the queries.</summary>
    private const string IdleNormed = "idle coordinates, normed";

    /// <summary>In one group of heads the second's columns are multiples of the first's, in the other the first's are zero.</summary>
    private const string Dependent = "output columns that depend on each other";

    private static readonly ModelConfig s_threePerGroup = TinyModel.Config with { Heads = 6, KeyValueHeads = 2, HeadSize = 4, AttentionScale = 0.5f };

    public static readonly IReadOnlyDictionary<string, ModelConfig> Configs = new Dictionary<string, ModelConfig>
    {
        ["grouped heads"] = TinyModel.Config,
        ["three heads per group"] = s_threePerGroup,
        ["one head per group"] = TinyModel.Config with { KeyValueHeads = 4, QueryKeyValueBias = true },
        ["soft cap, window, post norms"] = TinyModel.Config with
        {
            AttentionSoftCap = 0.7f,
            Windows = [3, null, 2],
            PostNorms = true,
            FeedForward = FeedForward.GatedGeluTanh,
            Norm = new Norm(NormKind.Rms, 1e-6f, Offset: 1),
        },
        ["query and key norms"] = TinyModel.Config with { QueryKeyNorm = true, HeadSize = 8, AttentionScale = 0.35f },
        ["alibi, ungated"] = TinyModel.Config with
        {
            Rotary = null,
            KeyValueHeads = 4,
            FeedForward = FeedForward.GeluTanh,
            FeedForwardBias = true,
            OutputBias = true,
            QueryKeyValueBias = true,
            Norm = new Norm(NormKind.Layer, 1e-5f),
            EmbeddingNorm = true,
        },
        [Dependent] = s_threePerGroup,
        [Idle] = TinyModel.Config,
        [IdleNormed] = TinyModel.Config with { QueryKeyNorm = true },
    };

    public static TheoryData<string> Names => [.. Configs.Keys];

    public static LanguageModel Create(string name, ulong seed = 7) => Create(Configs[name], seed, idle: name is Idle or IdleNormed, dependent: name == Dependent);

    /// <param name="idle">Whether some pairs of coordinates are zero: the same in all heads where a norm follows.</param>
    /// <param name="dependent">Whether some columns of the output projection are multiples of others, or zero.</param>
    public static LanguageModel Create(ModelConfig config, ulong seed = 7, bool idle = false, bool dependent = false)
    {
        bool everywhere = config.QueryKeyNorm;
        var weights = new Weights(config, (name, shape) =>
        {
            float[] values = Values(
                new CounterRandom(seed, name),
                shape.Aggregate(1, (product, size) => product * size),
                name.EndsWith("norm.weight", StringComparison.Ordinal));
            for (int i = 0; idle && i < values.Length; i++)
            {
                (int head, int coordinate) = Math.DivRem(i / shape[^1], config.HeadSize);
                int pair = coordinate % (config.HeadSize / 2);
                bool zero = (name.EndsWith("attention.q.weight", StringComparison.Ordinal) && (everywhere || head % 2 == 1) && pair == 0)
                    || (name.EndsWith("attention.k.weight", StringComparison.Ordinal) && (everywhere || head == 0) && pair == 1);
                values[i] = zero ? 0 : values[i];
            }

            if (dependent && name.EndsWith("attention.o.weight", StringComparison.Ordinal))
            {
                for (int i = 0; i < values.Length; i++)
                {
                    int head = i % shape[^1] / config.HeadSize;
                    values[i] = head switch { 1 => 0.3f * values[i - config.HeadSize], 3 => 0, _ => values[i] };
                }
            }

            return ManagedBackend.Shared.FromArray(values, shape);
        });
        string[] words = [.. Enumerable.Range(0, config.VocabularySize - 4).Select(i => $"w{i}")];
        return new LanguageModel(
            new Decoder(config, weights), WordLevelTokenizer.Create(words), ManagedBackend.Shared, $"tiny {seed}");
    }

    // Queries and keys are large enough that attention is far from uniform.
    private static float[] Values(CounterRandom random, int count, bool norm) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)((norm ? 1 : 0) + (0.35 * random.NextGaussian())))];
}
