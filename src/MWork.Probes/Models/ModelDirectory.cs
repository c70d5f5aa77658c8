using MWork.Probes.Models.Checkpoints;
using MWork.Probes.Models.Families;
using MWork.Probes.Tensors;
using MWork.Probes.Tokenizers;

namespace MWork.Probes.Models;

/// <summary>A checkpoint directory as it is published: configuration, weights, tokenizer.</summary>
public static class ModelDirectory
{
    /// <summary>The environment variable that says how weights are kept: <c>float32</c> or <c>stored</c>.</summary>
    public const string PrecisionVariable = "MWORK_WEIGHTS";

    internal const string ConfigName = "config.json";

    /// <summary>How weights are kept unless a caller says otherwise: <c>MWORK_WEIGHTS</c>, or else as float32.</summary>
    /// <exception cref="ArgumentException">The variable holds something else.</exception>
    public static WeightPrecision DefaultPrecision => Environment.GetEnvironmentVariable(PrecisionVariable) switch
    {
        null or "" or "float32" => WeightPrecision.Float32,
        "stored" => WeightPrecision.Stored,
        string other => throw new ArgumentException($"{PrecisionVariable} is '{other}' but must be float32 or stored."),
    };

    /// <summary>Loads a model with its tokenizer.</summary>
    /// <param name="directory">Holds <c>config.json</c>, the weights, and the tokenizer's files.</param>
    /// <param name="ops">Where the weights live.</param>
    /// <param name="progress">Told how far the weights have been read.</param>
    /// <param name="precision">How weights are kept; <see cref="DefaultPrecision"/> where it is null.</param>
    /// <param name="tokenizer">Takes the place of the directory's own, which then need not be there.</param>
    /// <exception cref="CheckpointException">The configuration or the weights cannot be used; the message names file and field.</exception>
    /// <exception cref="TokenizerFormatException">The tokenizer cannot be used.</exception>
    public static LanguageModel Load(
        string directory, ITensorOps ops, IProgress<LoadProgress>? progress = null, WeightPrecision? precision = null,
        ITokenizer? tokenizer = null)
    {
        (ModelConfig config, IModelFamily family) = Read(directory);

        // The tokenizer comes before the weights: a refusal of it need not wait for gigabytes.
        tokenizer ??= Tokenizer.Load(directory);
        (Decoder decoder, string hash) = LoadDecoder(directory, config, family, ops, progress, precision);
        return new LanguageModel(decoder, tokenizer, ops, hash);
    }

    /// <summary>Loads a model without its tokenizer, and the hash of its weights.</summary>
    /// <inheritdoc cref="Load"/>
    public static (Decoder Decoder, string Hash) LoadDecoder(
        string directory, ITensorOps ops, IProgress<LoadProgress>? progress = null, WeightPrecision? precision = null)
    {
        (ModelConfig config, IModelFamily family) = Read(directory);
        return LoadDecoder(directory, config, family, ops, progress, precision);
    }

    /// <summary>Reads the configuration alone.</summary>
    /// <exception cref="CheckpointException">There is none, or it asks for something that is not supported.</exception>
    public static ModelConfig ReadConfig(string directory) => Read(directory).Config;

    private static (Decoder Decoder, string Hash) LoadDecoder(
        string directory, ModelConfig config, IModelFamily family, ITensorOps ops, IProgress<LoadProgress>? progress,
        WeightPrecision? precision)
    {
        using Checkpoint checkpoint = Checkpoint.Open(directory);
        (Weights weights, string hash) = CheckpointWeights.Load(
            checkpoint, family, config, ops, precision ?? DefaultPrecision, progress);
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
