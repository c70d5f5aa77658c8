using System.Globalization;

namespace MWork.Probes.Models;

/// <summary>
/// The decoder's own names for its parameters. D residual width, H·d and G·d query and key-value widths, F neurons, V vocabulary;
/// every projection is stored [out, in].
/// </summary>
public static class WeightNames
{
    public const string Embed = "embed.weight";
    public const string Unembed = "unembed.weight";
    public const string EmbedNorm = "embed.norm";
    public const string FinalNorm = "norm";

    /// <summary>Blocks' parameters, e.g. <c>blocks.3.ffn.down.weight</c>.</summary>
    public static string Block(int layer, string rest) => string.Create(CultureInfo.InvariantCulture, $"blocks.{layer}.{rest}");

    /// <summary>Every parameter of a model and its shape, in the order of a forward pass.</summary>
    public static IEnumerable<(string Name, int[] Shape)> Of(ModelConfig config)
    {
        int width = config.HiddenSize;
        yield return (Embed, [config.VocabularySize, width]);
        foreach ((string, int[]) norm in NormOf(EmbedNorm, width, config.EmbeddingNorm, config))
        {
            yield return norm;
        }

        for (int layer = 0; layer < config.Layers; layer++)
        {
            foreach ((string name, int[] shape) in BlockOf(config))
            {
                yield return (Block(layer, name), shape);
            }
        }

        foreach ((string, int[]) norm in NormOf(FinalNorm, width, present: true, config))
        {
            yield return norm;
        }

        if (!config.TiedEmbeddings)
        {
            yield return (Unembed, [config.VocabularySize, width]);
        }
    }

    private static IEnumerable<(string Name, int[] Shape)> BlockOf(ModelConfig config)
    {
        int width = config.HiddenSize;
        int queries = config.Heads * config.HeadSize;
        int keys = config.KeyValueHeads * config.HeadSize;
        (string, int[])[] attention =
        [
            .. NormOf("attention.norm", width, present: true, config),
            .. Projection("attention.q", queries, width, config.QueryKeyValueBias),
            .. Projection("attention.k", keys, width, config.QueryKeyValueBias),
            .. Projection("attention.v", keys, width, config.QueryKeyValueBias),
            .. NormOf("attention.q_norm", config.HeadSize, config.QueryKeyNorm, config),
            .. NormOf("attention.k_norm", config.HeadSize, config.QueryKeyNorm, config),
            .. Projection("attention.o", width, queries, config.OutputBias),
            .. NormOf("attention.post_norm", width, config.PostNorms, config),
        ];
        (string, int[])[] feedForward =
        [
            .. NormOf("ffn.norm", width, present: true, config),
            .. config.Gated ? Projection("ffn.gate", config.IntermediateSize, width, config.FeedForwardBias) : [],
            .. Projection("ffn.up", config.IntermediateSize, width, config.FeedForwardBias),
            .. Projection("ffn.down", width, config.IntermediateSize, config.FeedForwardBias),
            .. NormOf("ffn.post_norm", width, config.PostNorms, config),
        ];
        return [.. attention, .. feedForward];
    }

    private static IEnumerable<(string Name, int[] Shape)> Projection(string name, int outputs, int inputs, bool bias)
    {
        yield return ($"{name}.weight", [outputs, inputs]);
        if (bias)
        {
            yield return ($"{name}.bias", [outputs]);
        }
    }

    private static IEnumerable<(string Name, int[] Shape)> NormOf(string name, int size, bool present, ModelConfig config)
    {
        if (!present)
        {
            yield break;
        }

        yield return ($"{name}.weight", [size]);
        if (config.Norm.Kind == NormKind.Layer)
        {
            yield return ($"{name}.bias", [size]);
        }
    }
}
