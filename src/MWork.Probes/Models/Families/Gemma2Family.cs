using MWork.Probes.Models.Checkpoints;

namespace MWork.Probes.Models.Families;

/// <summary>
/// Gemma 2 (Gemma Team 2024): norms with 1 + w before and after each half of a block, soft caps on scores and logits, a window on
/// every other layer, embeddings scaled by √D.
/// </summary>
internal sealed class Gemma2Family : IModelFamily
{
    public string ModelType => "gemma2";

    public ModelConfig Read(JsonObjectReader config)
    {
        ModelConfig common = ConfigFields.ReadCommon(config, ModelType);
        double queryScalar = config.GetOptionalFloat("query_pre_attn_scalar") ?? 256;
        return common with
        {
            Norm = common.Norm with { Offset = 1 },
            PostNorms = true,
            TiedEmbeddings = (config.GetOptionalBool("tie_word_embeddings") ?? true),
            AttentionScale = (float)(1 / Math.Sqrt(queryScalar)),
            AttentionSoftCap = (float?)config.GetOptionalFloat("attn_logit_softcapping"),
            FinalSoftCap = (float?)config.GetOptionalFloat("final_logit_softcapping"),
            EmbeddingScale = (float)Math.Sqrt(common.HiddenSize),
            Windows = ConfigFields.ReadWindows(config, common.Layers, slides: layer => layer % 2 == 0),
        };
    }

    public string PublishedName(string weight) => LlamaNames.Of(weight, part => part switch
    {
        "attention.post_norm" => "post_attention_layernorm",
        "ffn.norm" => "pre_feedforward_layernorm",
        "ffn.post_norm" => "post_feedforward_layernorm",
        _ => null,
    });
}
