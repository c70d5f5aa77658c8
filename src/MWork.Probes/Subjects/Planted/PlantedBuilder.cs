using MWork.Probes.Models;
using MWork.Probes.Randomness;

namespace MWork.Probes.Subjects.Planted;

/// <summary>
/// Sets a Llama's weights so that it answers a lexicon's questions by known neurons.
/// <list type="number">
/// <item>A word's embedding is its concept's code in its language's subspace, with flags for the language and the word's part.</item>
/// <item><b>Conversion</b>: feed-forward neurons gated by the language's flag move the code into the pivot's subspace.</item>
/// <item><b>Gathering</b>: one head carries the entity's code, another the relation, to the answer marker.</item>
/// <item><b>Solving</b>: one neuron per fact and language fires on entity ∧ relation ∧ language and writes the answer's code in the
/// pivot's subspace.</item>
/// <item><b>Return</b>: neurons gated by the language's flag move the code from the pivot's subspace into the language's.</item>
/// </list>
/// </summary>
public sealed partial class PlantedBuilder
{
    private const float BallastSize = 40;
    private const float UnembeddingScale = 5;
    private const float AnswerSize = 3;
    private const int HeadSize = 64;
    private const int EntityHead = 0;
    private const int RelationHead = 1;
    private const int Heads = 2;

    private readonly PlantedDesign _design;
    private readonly PlantedLexicon _lexicon;
    private readonly ResidualLayout _layout;
    private readonly int _pivot;
    private readonly List<PlannedNeuron>[] _planned;
    private readonly Dictionary<string, float[]> _codes = new(StringComparer.Ordinal);

    private PlantedBuilder(PlantedDesign design, PlantedLexicon lexicon)
    {
        _design = design;
        _lexicon = lexicon;
        _layout = new ResidualLayout(lexicon.Languages.Count, lexicon.Relations.Count);
        _pivot = Language(design.Pivot);
        _planned = Enumerable.Range(0, design.Layers).Select(_ => new List<PlannedNeuron>()).ToArray();
        if (design.Understanding < 3 || design.TaskSolving < 1 || design.Generation < 2)
        {
            throw new ArgumentException("A planted model needs at least 3 understanding, 1 task-solving and 2 generation layers.", nameof(design));
        }
    }

    /// <summary>Builds the model; equal arguments give equal bytes.</summary>
    public static PlantedModel Build(PlantedDesign design, PlantedLexicon lexicon) => new PlantedBuilder(design, lexicon).Build();

    private PlantedModel Build()
    {
        PlanConversion();
        PlanKnowledge();
        int widest = _planned.Max(layer => layer.Count) + _design.BackgroundNeurons;
        ModelConfig config = Config((widest + 31) / 32 * 32);
        var weights = new Dictionary<string, float[]>(StringComparer.Ordinal);
        foreach ((string name, int[] shape) in WeightNames.Of(config))
        {
            weights[name] = new float[shape.Aggregate(1, (product, size) => product * size)];
        }

        Embed(weights);
        Gather(weights);
        List<PlantedNeuron> neurons = [];
        for (int layer = 0; layer < _design.Layers; layer++)
        {
            // With the ballast in every state, this makes a norm's output nearly equal to its input.
            Array.Fill(weights[WeightNames.Block(layer, "attention.norm.weight")], BallastSize / (float)Math.Sqrt(_layout.Width));
            Array.Fill(weights[WeightNames.Block(layer, "ffn.norm.weight")], BallastSize / (float)Math.Sqrt(_layout.Width));
            PlanBackground(layer, config.IntermediateSize);
            neurons.AddRange(Write(layer, config.IntermediateSize, weights));
        }

        Array.Fill(weights["norm.weight"], BallastSize / (float)Math.Sqrt(_layout.Width));
        return new PlantedModel(config, weights, neurons);
    }

    private ModelConfig Config(int neurons) => new()
    {
        Family = "llama",
        VocabularySize = _lexicon.Words.Count,
        HiddenSize = _layout.Width,
        IntermediateSize = neurons,
        Layers = _design.Layers,
        Heads = Heads,
        KeyValueHeads = Heads,
        HeadSize = HeadSize,
        MaxPositions = 256,
        Norm = new Norm(NormKind.Rms, 1e-5f),

        // The slowest pair of a head then turns by less than 1e-5 of a radian over a prompt: as good as no position at all.
        Rotary = new Rotary(1e7f),
        AttentionScale = 1 / (float)Math.Sqrt(HeadSize),
        FeedForward = FeedForward.GatedSilu,
    };

    private void Embed(Dictionary<string, float[]> weights)
    {
        float[] embed = weights[WeightNames.Embed];
        float[] unembed = weights[WeightNames.Unembed];
        for (int id = 0; id < _lexicon.Words.Count; id++)
        {
            Span<float> row = embed.AsSpan(id * _layout.Width, _layout.Width);
            row[_layout.Ballast] = BallastSize;
            if (_lexicon.Words[id] is not { } word)
            {
                continue;
            }

            int language = Language(word.Language);
            float[] code = Code(word.Concept, language);
            int surface = _layout.Surface(language);
            code.CopyTo(row[surface..]);
            row[_layout.LanguageFlags + language] = 1;
            row[_layout.EntityFlag] = word.Part == WordPart.Entity ? 1 : 0;
            row[_layout.MarkerFlag] = word.Part == WordPart.AnswerMarker ? 1 : 0;
            if (word.Part == WordPart.Keyword)
            {
                row[_layout.KeywordFlag] = 1;
                row[surface + ResidualLayout.CodeSize + Relation(word.Relation!)] = 1;
            }

            for (int i = 0; i < code.Length; i++)
            {
                unembed[(id * _layout.Width) + surface + i] = UnembeddingScale * code[i];
            }
        }
    }

    // Markers look at entities (first head) and at keywords (second head), by flags in the slowest rotating pair.
    private void Gather(Dictionary<string, float[]> weights)
    {
        const float Attraction = 11.3f; // squared and scaled by 1/√64: a score of 16 against 0 for every other word
        int layer = _design.GatherLayer;
        float[] q = weights[WeightNames.Block(layer, "attention.q.weight")];
        float[] k = weights[WeightNames.Block(layer, "attention.k.weight")];
        float[] v = weights[WeightNames.Block(layer, "attention.v.weight")];
        float[] o = weights[WeightNames.Block(layer, "attention.o.weight")];
        int width = _layout.Width;
        int slowest = (HeadSize / 2) - 1;
        foreach ((int head, int flag) in ((int, int)[])[(EntityHead, _layout.EntityFlag), (RelationHead, _layout.KeywordFlag)])
        {
            q[(((head * HeadSize) + slowest) * width) + _layout.MarkerFlag] = Attraction;
            k[(((head * HeadSize) + slowest) * width) + flag] = Attraction;
        }

        // With a pivot, what is gathered is read in the pivot's subspace only; without one, in whichever is filled.
        int[] sources = _design.Converts ? [_pivot] : Enumerable.Range(0, _lexicon.Languages.Count).ToArray();
        foreach (int source in sources)
        {
            int surface = _layout.Surface(source);
            Carry(EntityHead, surface, ResidualLayout.CodeSize, _layout.EntitySlot);
            Carry(RelationHead, surface + ResidualLayout.CodeSize, _layout.Relations, _layout.RelationSlot);
        }

        void Carry(int head, int from, int count, int to)
        {
            for (int i = 0; i < count; i++)
            {
                int row = (head * HeadSize) + i;
                v[(row * width) + from + i] = 1;
                o[((to + i) * Heads * HeadSize) + row] = 1;
            }
        }
    }

    private int Language(string code) => IndexOf(_lexicon.Languages, code, "language");

    private int Relation(string name) => IndexOf(_lexicon.Relations, name, "relation");

    // Shared by all languages when they convert to a pivot; otherwise each language has its own.
    private float[] Code(string concept, int language)
    {
        string name = _design.Converts ? concept : $"{concept}@{_lexicon.Languages[language]}";
        if (_codes.TryGetValue(name, out float[]? code))
        {
            return code;
        }

        var random = new CounterRandom(_design.Seed, $"code {name}");
        double[] values = Enumerable.Range(0, ResidualLayout.CodeSize).Select(_ => random.NextGaussian()).ToArray();
        double norm = Math.Sqrt(values.Sum(value => value * value));
        return _codes[name] = values.Select(value => (float)(value / norm)).ToArray();
    }

    private static int IndexOf(IReadOnlyList<string> names, string name, string what)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == name)
            {
                return i;
            }
        }

        throw new ArgumentException($"The lexicon has no {what} '{name}'; it has {string.Join(", ", names)}.");
    }
}
