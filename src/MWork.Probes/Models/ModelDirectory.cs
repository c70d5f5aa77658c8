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
    public static LanguageModel Load(string directory, ITensorOps ops, IProgress<(long Done, long Total)>? progress = null)
    {
        (Decoder decoder, string hash) = LoadDecoder(directory, ops, progress);
        return new LanguageModel(decoder, Tokenizer.Load(directory), ops, hash);
    }

    /// <summary>Loads a model without its tokenizer, and the hash of its weights.</summary>
    /// <exception cref="CheckpointException">The configuration or the weights cannot be used; the message names file and field.</exception>
    public static (Decoder Decoder, string Hash) LoadDecoder(
        string directory, ITensorOps ops, IProgress<(long Done, long Total)>? progress = null)
    {
        (ModelConfig config, IModelFamily family) = Read(directory);
        using Checkpoint checkpoint = Checkpoint.Open(directory);
        checkpoint.Expect(family.Published(config), family.IsSurplus);
        checkpoint.CheckFinite();
        long total = WeightNames.Of(config).Sum(weight => weight.Shape.Aggregate(1L, (product, size) => product * size));
        long done = 0;
        var weights = new Weights(config, (name, _) =>
        {
            Tensor tensor = family.Load(ops, config, checkpoint, name);
            done += tensor.Count;
            progress?.Report((done, total));
            return tensor;
        });
        return (new Decoder(config, weights), checkpoint.Hash());
    }

    /// <summary>Reads the configuration alone.</summary>
    /// <exception cref="CheckpointException">There is none, or it asks for something that is not supported.</exception>
    public static ModelConfig ReadConfig(string directory) => Read(directory).Config;

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
