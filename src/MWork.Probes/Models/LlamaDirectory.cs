using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MWork.Probes.Models.Checkpoints;
using MWork.Probes.Models.Families;
using MWork.Probes.Tensors;
using MWork.Probes.Tokenizers;

namespace MWork.Probes.Models;

/// <summary>Writes a model of this repository's making as a Llama that transformers and everything else loads.</summary>
public static class LlamaDirectory
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes <c>config.json</c>, <c>model.safetensors</c> and the tokenizer's files.</summary>
    public static void Save(string directory, Decoder decoder, WordLevelTokenizer tokenizer)
    {
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "config.json"), Config(decoder.Config, tokenizer).ToJsonString(s_json) + "\n");
        var writer = new SafetensorsWriter(new Dictionary<string, string> { ["format"] = "pt" });
        foreach ((string name, Tensor tensor) in decoder.Weights.All)
        {
            writer.Add(LlamaNames.Of(name), tensor);
        }

        writer.Write(Path.Combine(directory, "model.safetensors"));
        tokenizer.Save(directory);
    }

    private static JsonObject Config(ModelConfig config, WordLevelTokenizer tokenizer) => new()
    {
        ["architectures"] = new JsonArray("LlamaForCausalLM"),
        ["attention_bias"] = false,
        ["attention_dropout"] = 0.0,
        ["bos_token_id"] = tokenizer.BosId,
        ["dtype"] = "float32",
        ["eos_token_id"] = tokenizer.EosId,
        ["head_dim"] = config.HeadSize,
        ["hidden_act"] = "silu",
        ["hidden_size"] = config.HiddenSize,
        ["initializer_range"] = 0.02,
        ["intermediate_size"] = config.IntermediateSize,
        ["max_position_embeddings"] = config.MaxPositions,
        ["mlp_bias"] = false,
        ["model_type"] = "llama",
        ["num_attention_heads"] = config.Heads,
        ["num_hidden_layers"] = config.Layers,
        ["num_key_value_heads"] = config.KeyValueHeads,
        ["pad_token_id"] = tokenizer.PadId,
        ["rms_norm_eps"] = Shortest(config.Norm.Eps),
        ["rope_scaling"] = null,
        ["rope_theta"] = Shortest(config.Rotary!.Theta),
        ["tie_word_embeddings"] = config.TiedEmbeddings,
        ["torch_dtype"] = "float32",
        ["use_cache"] = true,
        ["vocab_size"] = config.VocabularySize,
    };

    // 1E-05f as the double 1e-05, not as 9.999999747378752e-06.
    private static double Shortest(float value) =>
        double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
