using MWork.Probes.Models.Checkpoints;
using MWork.Probes.Models.Families;
using MWork.Probes.Tensors;
using MWork.Probes.Tokenizers;

namespace MWork.Probes.Models;

/// <summary>A checkpoint directory as it is published: configuration, weights, tokenizer.</summary>
public static class ModelDirectory
{
    private const string ConfigName = "config.json";

    /// <summary>Loads a model with its tokenizer.</summary>
    /// <exception cref="CheckpointException">The configuration or the weights cannot be used; the message names file and field.</exception>
    /// <exception cref="TokenizerFormatException">The tokenizer cannot be used.</exception>
    public static LanguageModel Load(string directory, ITensorOps ops, IProgress<LoadProgress>? progress = null)
    {
        (ModelConfig config, IModelFamily family) = Read(directory);

        // The tokenizer comes before the weights: a refusal of it need not wait for gigabytes.
        ITokenizer tokenizer = Tokenizer.Load(directory);
        (Decoder decoder, string hash) = LoadDecoder(directory, config, family, ops, progress);
        return new LanguageModel(decoder, tokenizer, ops, hash);
    }

    /// <summary>Loads a model without its tokenizer, and the hash of its weights.</summary>
    /// <exception cref="CheckpointException">The configuration or the weights cannot be used; the message names file and field.</exception>
    public static (Decoder Decoder, string Hash) LoadDecoder(string directory, ITensorOps ops, IProgress<LoadProgress>? progress = null)
    {
        (ModelConfig config, IModelFamily family) = Read(directory);
        return LoadDecoder(directory, config, family, ops, progress);
    }

    /// <summary>Reads the configuration alone.</summary>
    /// <exception cref="CheckpointException">There is none, or it asks for something that is not supported.</exception>
    public static ModelConfig ReadConfig(string directory) => Read(directory).Config;

    private static (Decoder Decoder, string Hash) LoadDecoder(
        string directory, ModelConfig config, IModelFamily family, ITensorOps ops, IProgress<LoadProgress>? progress)
    {
        using Checkpoint checkpoint = Checkpoint.Open(directory);
        (Weights weights, string hash) = CheckpointWeights.Load(checkpoint, family, config, ops, progress);
        return (new Decoder(config, weights), hash);
    }

    private static (ModelConfig Config, IModelFamily Family) Read(string directory)
    {
        string path = Path.Combine(directory, ConfigName);
        if (!File.Exists(path))
        {
            throw new CheckpointException($"{path}: there is no such file; a model directory holds {ConfigName}, model.safetensors and a tokenizer.");
        }

        JsonObjectReader config = JsonObjectReader.Open(path);
        IModelFamily family = ModelFamilies.Of(config);
        return (family.Read(config), family);
    }
}
