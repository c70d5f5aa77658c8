using MWork.Probes.Tokenizers;

namespace MWork.Probes.Models.Families;

/// <summary>What several families spell alike in <c>config.json</c>, in the flat dialect and in the newer one.</summary>
internal static class ConfigFields
{
    /// <summary>Sizes and switches in the spelling of Llama and its descendants.</summary>
    public static ModelConfig ReadCommon(JsonField config, string family)
    {
        int hidden = config["hidden_size"].Integer(1);
        int heads = config["num_attention_heads"].Integer(1);
        int keyValueHeads = config.Find("num_key_value_heads")?.Integer(1) ?? heads;
        if (heads % keyValueHeads != 0)
        {
            throw config["num_key_value_heads"].Refuse($"{heads} attention heads cannot share {keyValueHeads} key-value heads evenly.");
        }

        int headSize = config.Find("head_dim")?.Integer(1) ?? hidden / heads;
        if (config.Find("head_dim") is null && hidden % heads != 0)
        {
            throw config["hidden_size"].Refuse($"{hidden} is not a multiple of {heads} attention heads; state head_dim.");
        }

        if (headSize % 2 != 0)
        {
            throw config.Refuse($"a head size of {headSize} cannot be rotated in pairs.");
        }

        return new ModelConfig
        {
            Family = family,
            VocabularySize = config["vocab_size"].Integer(1),
            HiddenSize = hidden,
            IntermediateSize = config["intermediate_size"].Integer(1),
            Layers = config["num_hidden_layers"].Integer(1),
            Heads = heads,
            KeyValueHeads = keyValueHeads,
            HeadSize = headSize,
            MaxPositions = config.Find("max_position_embeddings")?.Integer(1) ?? 2048,
            Norm = new Norm(NormKind.Rms, (float)(config.Find("rms_norm_eps")?.Number() ?? 1e-6)),
            Rotary = ReadRotary(config),
            AttentionScale = 1 / (float)Math.Sqrt(headSize),
            QueryKeyValueBias = config.Flag("attention_bias", absent: false),
            OutputBias = config.Flag("attention_bias", absent: false),
            FeedForwardBias = config.Flag("mlp_bias", absent: false),
            FeedForward = ReadFeedForward(config),
            TiedEmbeddings = config.Flag("tie_word_embeddings", absent: false),
        };
    }

    /// <summary>Rotary positions from <c>rope_theta</c> and <c>rope_scaling</c>, or from <c>rope_parameters</c>.</summary>
    public static Rotary ReadRotary(JsonField config)
    {
        JsonField? parameters = config.Find("rope_parameters");
        JsonField? scaling = parameters ?? config.Find("rope_scaling");
        double theta = (parameters?.Find("rope_theta") ?? config.Find("rope_theta"))?.Number() ?? 10000;
        if (theta <= 0)
        {
            throw config.Refuse($"rope_theta must be positive, but is {theta}.");
        }

        return new Rotary((float)theta, scaling is { } field ? ReadScaling(field) : null);
    }

    /// <summary>Per layer, the sliding window or null; <paramref name="slides"/> decides when <c>layer_types</c> is absent.</summary>
    public static int?[] ReadWindows(JsonField config, int layers, Func<int, bool> slides)
    {
        int? window = config.Find("sliding_window")?.Integer(1);
        if (config.Find("layer_types") is not { } types)
        {
            return Enumerable.Range(0, layers).Select(layer => slides(layer) ? window : null).ToArray();
        }

        JsonField[] kinds = types.Items().ToArray();
        if (kinds.Length != layers)
        {
            throw types.Refuse($"{kinds.Length} entries for {layers} layers.");
        }

        return kinds.Select(kind => kind.Text() switch
        {
            "full_attention" => (int?)null,
            "sliding_attention" => window ?? throw kind.Refuse("slides, but sliding_window is missing."),
            string other => throw kind.Unsupported("layer type", other, "full_attention, sliding_attention"),
        }).ToArray();
    }

    private static RotaryScaling? ReadScaling(JsonField scaling)
    {
        JsonField? kind = scaling.Find("rope_type") ?? scaling.Find("type");
        return (kind?.Text() ?? "default") switch
        {
            "default" => null,
            "linear" => new LinearScaling(scaling["factor"].Number()),
            "llama3" => new Llama3Scaling(
                scaling["factor"].Number(),
                scaling["low_freq_factor"].Number(),
                scaling["high_freq_factor"].Number(),
                scaling["original_max_position_embeddings"].Integer(1)),
            string other => throw scaling.Unsupported("rotary kind", other, "default, linear, llama3"),
        };
    }

    private static FeedForward ReadFeedForward(JsonField config)
    {
        JsonField? activation = config.Find("hidden_activation") ?? config.Find("hidden_act");
        return activation?.Text() switch
        {
            null or "silu" or "swish" => FeedForward.GatedSilu,
            "gelu_pytorch_tanh" => FeedForward.GatedGeluTanh,
            string other => throw activation.Value.Unsupported("hidden_act", other, "silu, gelu_pytorch_tanh"),
        };
    }
}
