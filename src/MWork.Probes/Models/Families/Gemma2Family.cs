using MWork.Probes.Tokenizers;

namespace MWork.Probes.Models.Families;

/// <summary>
/// Gemma 2 (Gemma Team 2024): norms with 1 + w before and after each half of a block, soft caps on scores and logits, a window on
/// every other layer, embeddings scaled by √D.
/// </summary>
internal sealed class Gemma2Family : IModelFamily
{
    public string ModelType => "gemma2";

    public ModelConfig Read(JsonField config)
    {
        ModelConfig common = ConfigFields.ReadCommon(config, ModelType);
        double queryScalar = config.Find("query_pre_attn_scalar")?.Number() ?? 256;
        return common with
        {
            Norm = common.Norm with { Offset = 1 },
            PostNorms = true,
            TiedEmbeddings = config.Flag("tie_word_embeddings", absent: true),
            AttentionScale = (float)(1 / Math.Sqrt(queryScalar)),
            AttentionSoftCap = (float?)config.Find("attn_logit_softcapping")?.Number(),
            FinalSoftCap = (float?)config.Find("final_logit_softcapping")?.Number(),
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
