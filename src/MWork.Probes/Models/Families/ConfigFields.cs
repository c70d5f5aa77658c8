using MWork.Probes.Models.Checkpoints;

namespace MWork.Probes.Models.Families;

/// <summary>What several families spell alike in <c>config.json</c>, in the flat dialect and in the newer one.</summary>
internal static class ConfigFields
{
    // Deeper than any published model; lists per layer are made before there is a checkpoint to hold the number against.
    private const int MaxLayers = 4096;

    /// <summary>Sizes and switches in the spelling of Llama and its descendants.</summary>
    public static ModelConfig ReadCommon(JsonObjectReader config, string family)
    {
        int hidden = config.GetInt("hidden_size");
        int heads = config.GetInt("num_attention_heads");
        int keyValueHeads = config.GetOptionalInt("num_key_value_heads", 1) ?? heads;
        if (heads % keyValueHeads != 0)
        {
            throw config.Require("num_key_value_heads").Wrong($"a divisor of the {heads} attention heads");
        }

        int headSize = config.GetOptionalInt("head_dim", 1) ?? hidden / heads;
        if (!config.Has("head_dim") && hidden % heads != 0)
        {
            throw config.Require("hidden_size").Wrong($"a multiple of the {heads} attention heads, unless head_dim is given");
        }

        if ((long)heads * headSize > int.MaxValue)
        {
            throw config.Require("num_attention_heads").Wrong($"such that heads of size {headSize} together fit 32 bits");
        }

        if (headSize % 2 != 0)
        {
            throw (config.Find("head_dim") ?? config.Require("hidden_size")).Wrong("such that heads have an even size, or they cannot be rotated in pairs");
        }

        return new ModelConfig
        {
            Family = family,
            VocabularySize = config.GetInt("vocab_size"),
            HiddenSize = hidden,
            IntermediateSize = config.GetInt("intermediate_size"),
            Layers = ReadLayers(config.Require("num_hidden_layers")),
            Heads = heads,
            KeyValueHeads = keyValueHeads,
            HeadSize = headSize,
            MaxPositions = config.GetOptionalInt("max_position_embeddings", 1) ?? 2048,
            Norm = new Norm(NormKind.Rms, (float)(config.GetOptionalFloat("rms_norm_eps") ?? 1e-6)),
            Rotary = ReadRotary(config),
            AttentionScale = 1 / (float)Math.Sqrt(headSize),
            QueryKeyValueBias = (config.GetOptionalBool("attention_bias") ?? false),
            OutputBias = (config.GetOptionalBool("attention_bias") ?? false),
            FeedForwardBias = (config.GetOptionalBool("mlp_bias") ?? false),
            FeedForward = ReadFeedForward(config),
            TiedEmbeddings = (config.GetOptionalBool("tie_word_embeddings") ?? false),
        };
    }

    /// <summary>Number of blocks.</summary>
    public static int ReadLayers(JsonField field)
    {
        int layers = field.AsInt();
        return layers <= MaxLayers ? layers : throw field.Wrong($"at most {MaxLayers}");
    }

    /// <summary>Rotary positions from <c>rope_theta</c> and <c>rope_scaling</c>, or from <c>rope_parameters</c>.</summary>
    public static Rotary ReadRotary(JsonObjectReader config)
    {
        JsonObjectReader? parameters = config.GetOptionalObject("rope_parameters");
        JsonObjectReader? scaling = parameters ?? config.GetOptionalObject("rope_scaling");
        JsonField? theta = parameters?.Find("rope_theta") ?? config.Find("rope_theta");
        return theta?.AsFloat() <= 0
            ? throw theta.Wrong("positive")
            : new Rotary(theta?.AsFloat() ?? 10000, scaling is null ? null : ReadScaling(scaling));
    }

    /// <summary>Per layer, the sliding window or null; <paramref name="slides"/> decides when <c>layer_types</c> is absent.</summary>
    public static int?[] ReadWindows(JsonObjectReader config, int layers, Func<int, bool> slides)
    {
        int? window = config.GetOptionalInt("sliding_window", 1);
        if (config.GetOptionalArray("layer_types") is not { } kinds)
        {
            return Enumerable.Range(0, layers).Select(layer => slides(layer) ? window : null).ToArray();
        }

        if (kinds.Count != layers)
        {
            throw config.Require("layer_types").Wrong($"a list of {layers} entries, one for each layer");
        }

        return kinds.Select(kind => kind.AsString() switch
        {
            "full_attention" => (int?)null,
            "sliding_attention" => window ?? throw kind.Wrong("full_attention where sliding_window is missing"),
            _ => throw kind.Wrong("one of full_attention, sliding_attention"),
        }).ToArray();
    }

    private static RotaryScaling? ReadScaling(JsonObjectReader scaling)
    {
        JsonField? kind = scaling.Find("rope_type") ?? scaling.Find("type");
        return (kind?.AsString() ?? "default") switch
        {
            "default" => null,
            "linear" => new LinearScaling(scaling.GetFloat("factor")),
            "llama3" => new Llama3Scaling(
                scaling.GetFloat("factor"),
                scaling.GetFloat("low_freq_factor"),
                scaling.GetFloat("high_freq_factor"),
                scaling.GetInt("original_max_position_embeddings")),
            _ => throw kind!.Wrong("one of the supported rotary kinds: default, linear, llama3"),
        };
    }

    private static FeedForward ReadFeedForward(JsonObjectReader config)
    {
        JsonField? activation = config.Find("hidden_activation") ?? config.Find("hidden_act");
        return activation?.AsString() switch
        {
            null or "silu" or "swish" => FeedForward.GatedSilu,
            "gelu_pytorch_tanh" => FeedForward.GatedGeluTanh,
            _ => throw activation!.Wrong("one of the supported activations: silu, gelu_pytorch_tanh"),
        };
    }
}
