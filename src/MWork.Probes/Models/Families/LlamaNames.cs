namespace MWork.Probes.Models.Families;

/// <summary>The weight names that Llama introduced and most families kept.</summary>
internal static class LlamaNames
{
    private static readonly Dictionary<string, string> s_parts = new(StringComparer.Ordinal)
    {
        ["attention.norm"] = "input_layernorm",
        ["attention.q"] = "self_attn.q_proj",
        ["attention.k"] = "self_attn.k_proj",
        ["attention.v"] = "self_attn.v_proj",
        ["attention.o"] = "self_attn.o_proj",
        ["attention.q_norm"] = "self_attn.q_norm",
        ["attention.k_norm"] = "self_attn.k_norm",
        ["ffn.norm"] = "post_attention_layernorm",
        ["ffn.gate"] = "mlp.gate_proj",
        ["ffn.up"] = "mlp.up_proj",
        ["ffn.down"] = "mlp.down_proj",
    };

    /// <summary>The published name; <paramref name="rename"/> first says where a family differs.</summary>
    public static string Of(string weight, Func<string, string?>? rename = null)
    {
        switch (weight)
        {
            case WeightNames.Embed:
                return "model.embed_tokens.weight";
            case WeightNames.Unembed:
                return "lm_head.weight";
        }

        if (!weight.StartsWith("blocks.", StringComparison.Ordinal))
        {
            return $"model.{weight}";
        }

        // blocks.{layer}.{part}.{weight or bias}
        int afterLayer = weight.IndexOf('.', "blocks.".Length);
        int beforeKind = weight.LastIndexOf('.');
        string layer = weight["blocks.".Length..afterLayer];
        string part = weight[(afterLayer + 1)..beforeKind];
        return $"model.layers.{layer}.{rename?.Invoke(part) ?? s_parts[part]}{weight[beforeKind..]}";
    }
}
