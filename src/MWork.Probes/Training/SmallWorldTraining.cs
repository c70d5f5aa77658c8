using MWork.Probes.Models;
using MWork.Probes.Subjects.SmallWorld;
using MWork.Probes.Tensors;
using MWork.Probes.Tokenizers;

namespace MWork.Probes.Training;

/// <summary>Trains a model on the small world by a recipe and a seed.</summary>
public sealed class SmallWorldTraining
{
    private readonly Recipe _recipe;
    private readonly ulong _seed;
    private readonly TrainingText _text;
    private readonly LensExitLoss? _exits;

    /// <exception cref="InvalidDataException">The recipe's text does not suit the world.</exception>
    public SmallWorldTraining(World world, Recipe recipe, ulong seed)
    {
        _recipe = recipe;
        _seed = seed;
        _text = new TrainingText(world, recipe.Text, seed);
        Tokenizer = WordLevelTokenizer.Create(Words(world, recipe.Text));
        _exits = recipe.Exits.Count == 0 ? null : LensExitLoss.Of(world, Tokenizer, world.Language(recipe.Text.Pivot), recipe.Exits);
    }

    public WordLevelTokenizer Tokenizer { get; }

    /// <summary>Draws the weights and trains them.</summary>
    /// <param name="ops">The backend that the model stays on.</param>
    /// <param name="report">Called after every step.</param>
    public Decoder Run(ITensorOps ops, Action<TrainingStep>? report = null, CancellationToken cancellation = default)
    {
        ModelConfig config = _recipe.Config(Tokenizer.VocabularySize);
        var decoder = new Decoder(config, Initialization.Random(ops, config, _seed, _recipe.EmbeddingDeviation));
        using var optimizer = new AdamW(ops, decoder.Weights, new AdamWOptions(_recipe.WeightDecay));
        var schedule = new CosineSchedule(_recipe.LearningRate, _recipe.Steps, _recipe.WarmUp);
        new Trainer(ops, decoder, optimizer, schedule, _exits).Run(Batch, report, cancellation);
        return decoder;
    }

    /// <summary>The batch of a step, a pure function of seed and step.</summary>
    public TokenBatch Batch(int step) => TokenBatch.Of(
        _text.Step(step).Select(row => row.Select(token => Tokenizer.TokenToId(token)!.Value).ToArray()).ToArray(),
        Tokenizer.PadId!.Value);

    // Only the words of the recipe's languages: rows that no text ever visits would be random noise in every lens.
    private static string[] Words(World world, TextRegime regime) =>
        [.. world.Vocabulary.Tokens.Where(token =>
            world.LanguageOf(token) is not { } language || regime.LanguageShares.ContainsKey(language.Code))];
}
