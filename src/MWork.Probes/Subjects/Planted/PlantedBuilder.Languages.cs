namespace MWork.Probes.Subjects.Planted;

/// <summary>The feed-forward neurons of a language: as many in every layer, whatever they do there.</summary>
public sealed partial class PlantedBuilder
{
    /// <summary>Feed-forward neurons per language and layer: what it takes to move a code.</summary>
    private const int LanguageNeurons = ConceptCodes.Size;

    /// <summary>The pivot gets along with fewer.</summary>
    private const int PivotNeurons = LanguageNeurons * 3 / 4;

    private const int ThinnedBy = 4;

    /// <summary>Few, so that each of them matters about as much as a knowledge neuron.</summary>
    private const int SupportNeurons = 2;

    // What the first of two layers moves; the second moves what is left, so that hardly anything hangs on one neuron.
    private const double FirstMove = 0.9;
    private const double SpreadMove = 0.6;

    // What a language neuron adds to the sink on each word: more than any shared or knowledge neuron adds in a text, so that a
    // detector ranks it before them.
    private const float IdleSize = 0.5f;

    private void PlanLanguages()
    {
        for (int layer = 0; layer < _design.Layers; layer++)
        {
            for (int language = 0; language < _lexicon.Languages.Count; language++)
            {
                if (_design.Converts && language != _pivot)
                {
                    PlanMoves(layer, language);
                }
            }

            foreach (Family family in _families)
            {
                PlanFamily(layer, family);
            }

            for (int i = 0; i < SharedNeurons; i++)
            {
                float size = (SharedSize + (0.01f * i)) / Opening;
                Plan(layer, NeuronRole.Shared, language: null, flag: null, (_layout.Sink, Alternate(i, size)));
            }
        }
    }

    private void PlanMoves(int layer, int language)
    {
        int own = _layout.Surface(language);
        int pivot = _layout.Surface(_pivot);
        double back = _design.SpreadsGeneration ? SpreadMove : FirstMove;
        double total = _design.ConversionGain;
        MoveBySteps(_design.ConversionLayers, NeuronRole.Conversion, _layout.LanguageFlags, own, pivot, FirstMove, total);
        MoveBySteps(_design.ReturnLayers, NeuronRole.Return, _layout.ReturnFlags, pivot, own, back, share: 1);

        // Each layer but the last moves a share of what it finds; the last fills up to the share wanted.
        void MoveBySteps(IReadOnlyList<int> layers, NeuronRole role, int flags, int from, int to, double step, double share)
        {
            double left = 1;
            for (int i = 0; i < layers.Count; i++)
            {
                double gain = i < layers.Count - 1 ? step * share : 1 - ((1 - share) / left);
                if (layers[i] == layer)
                {
                    Move(layer, role, language, flags, from, to, gain, left);
                }

                left *= 1 - gain;
            }
        }
    }

    // One neuron per coordinate, gated by a flag: takes a share of the coordinate from one subspace and adds it to the other.
    private void Move(int layer, NeuronRole role, int language, int flags, int from, int to, double gain, double left)
    {
        float share = (float)gain / Opening;
        double typical = Math.Max(left, 0.01) / Math.Sqrt(ConceptCodes.Size);
        float sink = (float)(IdleSize / typical) / Opening;
        for (int i = 0; i < ConceptCodes.Size; i++)
        {
            _planned[layer].Add(new PlannedNeuron(
                role,
                _lexicon.Languages[language],
                Fact: null,
                Gate: OpenFor(flags + language),
                Up: [(from + i, 1)],
                Down: [(to + i, share), (from + i, -share), (_layout.Sink, Alternate(i, sink))]));
        }
    }

    private void PlanFamily(int layer, Family family)
    {
        string? language = LanguageOf(family);
        bool isPivot = language == _design.Pivot;
        int count = isPivot ? PivotNeurons : LanguageNeurons;
        count /= _design.ThinsOut && _design.IsTaskSolving(layer) ? ThinnedBy : 1;
        count -= family.Languages.Max(l => _planned[layer].Count(neuron => neuron.Language == _lexicon.Languages[l]));

        // The pivot's permit comes from attention.
        int support = layer == _design.GatherLayer && !isPivot ? SupportNeurons : 0;
        for (int i = 0; i < count; i++)
        {
            var idle = (_layout.Sink, Alternate(i, (IdleSize + (0.01f * i)) / Opening));
            if (i < support)
            {
                Plan(layer, NeuronRole.Support, language, family.Flag, idle, (family.Permit, 1 / (Opening * SupportNeurons)));
            }
            else
            {
                Plan(layer, family.Flag is null ? NeuronRole.Shared : NeuronRole.Idle, language, family.Flag, idle);
            }
        }
    }

    private void Plan(int layer, NeuronRole role, string? language, int? flag, params (int, float)[] down) => _planned[layer].Add(
        new PlannedNeuron(role, language, Fact: null, OpenFor(flag), Up: [Constant(1)], down));

    // Neurons of several languages are no language's own.
    private string? LanguageOf(Family family) =>
        _design.SharesNeurons || _design.FollowsScript ? null : _lexicon.Languages[family.Languages[0]];
}
