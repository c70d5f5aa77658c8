using MWork.Probes.Models.Checkpoints;

namespace MWork.Probes.Models.Families;

/// <summary>
/// BLOOM (BigScience 2022): ALiBi, LayerNorm with biases, a norm after the embedding, queries, keys and values in one matrix.
/// </summary>
internal sealed class BloomFamily : IModelFamily
{
    private const string FusedName = "self_attention.query_key_value";

    public string ModelType => "bloom";

    public string Prefix => "transformer.";

    public ModelConfig Read(JsonObjectReader config)
    {
        int hidden = (config.Find("hidden_size") ?? config.Require("n_embed")).AsInt();
        if (hidden > int.MaxValue / 4)
        {
            throw (config.Find("hidden_size") ?? config.Require("n_embed")).Wrong("such that four times as many neurons fit 32 bits");
        }

        int heads = (config.Find("n_head") ?? config.Require("num_attention_heads")).AsInt();
        if (hidden % heads != 0)
        {
            throw (config.Find("hidden_size") ?? config.Require("n_embed")).Wrong($"a multiple of the {heads} heads");
        }

        if ((config.GetOptionalBool("apply_residual_connection_post_layernorm") ?? false))
        {
            throw config.Require("apply_residual_connection_post_layernorm").Wrong("false: residuals taken after the norm are not supported");
        }

        return new ModelConfig
        {
            Family = ModelType,
            VocabularySize = config.GetInt("vocab_size"),
            HiddenSize = hidden,
            IntermediateSize = config.GetOptionalInt("n_inner", 1) ?? 4 * hidden,
            Layers = ConfigFields.ReadLayers(config.Find("n_layer") ?? config.Require("num_hidden_layers")),
            Heads = heads,
            KeyValueHeads = heads,
            HeadSize = hidden / heads,
            Norm = new Norm(NormKind.Layer, (float)(config.GetOptionalFloat("layer_norm_epsilon") ?? 1e-5)),
            AttentionScale = 1 / (float)Math.Sqrt(hidden / heads),
            QueryKeyValueBias = true,
            OutputBias = true,
            FeedForward = FeedForward.GeluTanh,
            FeedForwardBias = true,
            TiedEmbeddings = (config.GetOptionalBool("tie_word_embeddings") ?? true),
            EmbeddingNorm = true,
        };
    }

    public string PublishedName(string weight)
    {
        switch (weight)
        {
            case WeightNames.Embed:
                return "transformer.word_embeddings.weight";
            case WeightNames.Unembed:
                return "lm_head.weight";
        }

        int beforeKind = weight.LastIndexOf('.');
        string kind = weight[beforeKind..];
        if (!weight.StartsWith("blocks.", StringComparison.Ordinal))
        {
            return weight.StartsWith(WeightNames.EmbedNorm, StringComparison.Ordinal)
                ? $"transformer.word_embeddings_layernorm{kind}"
                : $"transformer.ln_f{kind}";
        }

        int afterLayer = weight.IndexOf('.', "blocks.".Length);
        string part = weight[(afterLayer + 1)..beforeKind] switch
        {
            "attention.norm" => "input_layernorm",
            "attention.q" or "attention.k" or "attention.v" => FusedName,
            "attention.o" => "self_attention.dense",
            "ffn.norm" => "post_attention_layernorm",
            "ffn.up" => "mlp.dense_h_to_4h",
            "ffn.down" => "mlp.dense_4h_to_h",
            string other => throw new ArgumentException($"BLOOM has no '{other}'.", nameof(weight)),
        };
        return $"transformer.h.{weight["blocks.".Length..afterLayer]}.{part}{kind}";
    }

    public IEnumerable<(string Name, int[] Shape)> Published(ModelConfig config) => WeightNames.Of(config)
        .Select(weight => (Name: PublishedName(weight.Name), weight.Shape))
        .Select(weight => weight.Name.Contains(FusedName, StringComparison.Ordinal)
            ? (weight.Name, [3 * config.HiddenSize, .. weight.Shape[1..]])
            : weight)
        .DistinctBy(weight => weight.Name);

    // [H, 3, d, ...]: each head's query, key and value rows stand together.
    public int RowsPerTurn(ModelConfig config, string weight) => config.HeadSize;
}
