using System.Text.Json;
using System.Text.Json.Serialization;
using MWork.Probes.Models;
using MWork.Probes.Subjects.SmallWorld;
using MWork.Probes.Text;

namespace MWork.Probes.Training;

/// <summary>
/// Everything but the seed that decides a trained model: its text, its shape, its optimiser. Recipe and seed together give the same
/// bytes on every machine.
/// </summary>
public sealed record Recipe
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        WriteIndented = true,
        Converters =
        {
            new JsonStringEnumConverter<CodeSwitchTarget>(JsonNamingPolicy.CamelCase),
            new JsonStringEnumConverter<ExitLanguage>(JsonNamingPolicy.CamelCase),
        },
    };

    /// <summary>What is in the text.</summary>
    public required TextRegime Text { get; init; }

    public int Layers { get; init; } = 6;

    /// <summary>Width of the residual stream.</summary>
    public int Width { get; init; } = 64;

    /// <summary>Feed-forward neurons per layer.</summary>
    public int Neurons { get; init; } = 192;

    public int Heads { get; init; } = 4;

    public bool TiedEmbeddings { get; init; } = true;

    /// <summary>Standard deviation of the embedding as drawn; 1/√width where null.</summary>
    public float? EmbeddingDeviation { get; init; }

    /// <summary>Layers whose lens is trained as well; none where empty.</summary>
    public IReadOnlyList<LensExit> Exits { get; init; } = [];

    /// <summary>0 leaves the weights as they were drawn: the untrained control.</summary>
    public int Steps { get; init; } = 4000;

    public int WarmUp { get; init; } = 100;

    public float LearningRate { get; init; } = 1e-3f;

    public float WeightDecay { get; init; } = 0.3f;

    /// <summary>Reads a recipe.</summary>
    /// <exception cref="InvalidDataException">The file is not a recipe; the message names it and the field.</exception>
    public static Recipe Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"{path}: there is no such file; a recipe is JSON like those in fixtures/recipes.");
        }

        try
        {
            Recipe recipe = JsonSerializer.Deserialize<Recipe>(File.ReadAllText(path), s_json)
                ?? throw new InvalidDataException($"{path}: null is not a recipe; write an object.");
            return recipe.Layers > 0 && recipe.Heads > 0 && recipe.Width % (2 * recipe.Heads) == 0 && recipe.Neurons > 0 && recipe.Steps >= 0
                    && recipe.Exits.All(exit => exit.Layer >= 0 && exit.Layer < recipe.Layers && exit.Weight > 0)
                ? recipe
                : throw new InvalidDataException($"{path}: layers, heads and neurons must be positive, width a multiple of twice the heads, and exits at layers below 'layers' with positive weights.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException(JsonProblem.Of(path, error), error);
        }
    }

    public string ToJson() => JsonSerializer.Serialize(this, s_json) + "\n";

    /// <summary>The model's description for a vocabulary of this size.</summary>
    public ModelConfig Config(int vocabulary) => new()
    {
        Family = "llama",
        VocabularySize = vocabulary,
        HiddenSize = Width,
        IntermediateSize = Neurons,
        Layers = Layers,
        Heads = Heads,
        KeyValueHeads = Heads,
        HeadSize = Width / Heads,
        MaxPositions = 256,
        Norm = new Norm(NormKind.Rms, 1e-5f),
        Rotary = new Rotary(10000),
        AttentionScale = 1 / (float)Math.Sqrt(Width / Heads),
        TiedEmbeddings = TiedEmbeddings,
    };
}
