using MWork.Probes.Models;

namespace MWork.Probes.Subjects.Planted;

/// <summary>
/// Sets a Llama's weights so that it answers a lexicon's questions by known neurons.
/// <list type="number">
/// <item>A word's embedding is its concept's code in its language's subspace, with flags for language and part.</item>
/// <item><b>Conversion</b>: feed-forward neurons gated by the language's flag move the code into the pivot's subspace.</item>
/// <item><b>Gathering</b>: heads carry entity, numbers and relation to the answer marker.</item>
/// <item><b>Solving</b>: one neuron per fact, or per pair of numbers, fires on what is asked and writes the answer's code in the
/// pivot's subspace, as strongly as the language's support neurons permit.</item>
/// <item><b>Return</b>: a head asks the question's words for their language, and neurons gated by it move the code from the
/// pivot's subspace into that language's.</item>
/// </list>
/// </summary>
public sealed partial class PlantedBuilder
{
    private const float BallastSize = 200;
    private const float UnembeddingScale = 10;

    // Large enough for a lens to see its language behind the first block, too small to outshine an answer.
    private const float MarkerSize = 0.4f;

    private readonly PlantedDesign _design;
    private readonly PlantedLexicon _lexicon;
    private readonly ResidualLayout _layout;
    private readonly ConceptCodes _codes;
    private readonly IReadOnlyList<Family> _families;
    private readonly string[] _scripts;
    private readonly int _pivot;
    private readonly List<PlannedNeuron>[] _planned;
    private readonly List<PlantedNeuron> _neurons = [];
    private readonly Dictionary<string, float[]> _weights = new(StringComparer.Ordinal);

    private PlantedBuilder(PlantedDesign design, PlantedLexicon lexicon)
    {
        design.Check();
        _design = design;
        _lexicon = lexicon;
        _pivot = Language(design.Pivot);
        _codes = new ConceptCodes(design.Seed, lexicon.Numbers);
        string[] scripts = [.. lexicon.Words.OfType<PlantedWord>().Select(word => word.Script).Distinct(StringComparer.Ordinal)];
        Func<int, string> family = design.SharesNeurons ? _ => "all"
            : design.FollowsScript ? l => lexicon.Scripts[l]
            : l => lexicon.Languages[l];
        string[] families = [.. Enumerable.Range(0, lexicon.Languages.Count).Select(family).Distinct(StringComparer.Ordinal)];
        _layout = new ResidualLayout(
            lexicon.Languages.Count, scripts.Length, lexicon.Numbers.Count, lexicon.Relations.Count, families.Length);
        _families = [.. families.Select((name, i) => new Family(
            [.. Enumerable.Range(0, lexicon.Languages.Count).Where(l => family(l) == name)],
            design.SharesNeurons ? null
                : design.FollowsScript ? _layout.ScriptFlags + Array.IndexOf(scripts, name)
                : _layout.LanguageFlags + i,
            _layout.Permits + i))];
        _planned = [.. Enumerable.Range(0, design.Layers).Select(_ => new List<PlannedNeuron>())];
        _scripts = scripts;
    }

    /// <summary>Builds the model; equal arguments give equal bytes.</summary>
    /// <exception cref="ArgumentException">The design lacks layers, or asks for two things at once.</exception>
    public static PlantedModel Build(PlantedDesign design, PlantedLexicon lexicon) => new PlantedBuilder(design, lexicon).Build();

    private PlantedModel Build()
    {
        PlanLanguages();
        PlanKnowledge();
        PlanReasoning();
        int widest = _planned.Max(layer => layer.Count) + _design.BackgroundNeurons;
        ModelConfig config = Config((widest + 31) / 32 * 32);
        foreach ((string name, int[] shape) in WeightNames.Of(config))
        {
            _weights[name] = new float[shape.Aggregate(1, (product, size) => product * size)];
        }

        Embed();
        float norm = BallastSize / (float)Math.Sqrt(_layout.Width);
        for (int layer = 0; layer < _design.Layers; layer++)
        {
            // With the ballast in every state, this makes a norm's output nearly equal to its input.
            Array.Fill(_weights[WeightNames.Block(layer, "attention.norm.weight")], norm);
            Array.Fill(_weights[WeightNames.Block(layer, "ffn.norm.weight")], norm);
            Attend(layer);
            PlanBackground(layer, config.IntermediateSize);
            Write(layer, config.IntermediateSize);
        }

        Array.Fill(_weights["norm.weight"], norm);
        return new PlantedModel(config, _weights, _neurons);
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
        Rotary = new Rotary(1e4f),
        AttentionScale = 1 / (float)Math.Sqrt(HeadSize),
        FeedForward = FeedForward.GatedSilu,
    };

    private void Embed()
    {
        float[] embed = _weights[WeightNames.Embed];
        float[] unembed = _weights[WeightNames.Unembed];
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
            float size = word.Part == WordPart.AnswerMarker ? MarkerSize : 1;
            for (int i = 0; i < code.Length; i++)
            {
                row[surface + i] = size * code[i];
                unembed[(id * _layout.Width) + surface + i] = word.IsSaid ? UnembeddingScale * code[i] : 0;
            }

            row[_layout.LanguageFlags + language] = 1;
            row[_layout.ScriptFlags + Array.IndexOf(_scripts, word.Script)] = 1;
            row[_layout.EntityFlag] = word.Part == WordPart.Entity ? 1 : 0;
            row[_layout.NumberFlag] = word.Part == WordPart.Number ? 1 : 0;
            row[_layout.KeywordFlag] = word.Part == WordPart.Keyword ? 1 : 0;
            row[_layout.MarkerFlag] = word.Part == WordPart.AnswerMarker ? 1 : 0;
            if (word.Part == WordPart.Keyword)
            {
                row[_layout.Relations + Relation(word.Relation!)] = 1;
            }
        }
    }

    private int Language(string code) => IndexOf(_lexicon.Languages, code, "language");

    private int Relation(string name) => IndexOf(_lexicon.Relations, name, "relation");

    // Shared by all languages when they convert to a pivot; otherwise each language has its own. Numbers are numbers everywhere.
    private float[] Code(string concept, int language)
    {
        bool common = _design.Converts || _lexicon.Numbers.Contains(concept, StringComparer.Ordinal);
        return _codes[common ? concept : $"{concept}@{_lexicon.Languages[language]}"];
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

    /// <summary>The languages that have support and idle neurons in common: one each, unless the design says otherwise.</summary>
    /// <param name="Languages">Which.</param>
    /// <param name="Flag">The coordinate that opens their gates; null when they are always open.</param>
    /// <param name="Permit">Where their support neurons write.</param>
    private sealed record Family(int[] Languages, int? Flag, int Permit);
}
