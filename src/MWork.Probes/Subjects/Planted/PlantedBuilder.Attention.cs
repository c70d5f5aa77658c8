using MWork.Probes.Models;
using MWork.Probes.Neurons;

namespace MWork.Probes.Subjects.Planted;

/// <summary>
/// The heads. A query and a key that meet in pair i of a head with weights q and k give the score q·k·cos(ω·distance)/√32 with
/// ω = 10000^(−i/16), against 0 for every token without the flag: flagged tokens take all of the attention, near ones before far.
/// </summary>
public sealed partial class PlantedBuilder
{
    private const int Heads = 4;
    private const int HeadSize = 32;
    private const int EntityHead = 0;
    private const int RelationHead = 1;
    private const int NumberHead = 2;
    private const int LanguageHead = 3;

    // The nearest: at the distance of the sentence before, the score is lower by 5 and more.
    private const int NearestPair = 6;

    // Both numbers of a question alike, but hardly those of an earlier question.
    private const int NearPair = 8;

    // Anywhere.
    private const int AnyPair = (HeadSize / 2) - 1;

    private const float Score = 60;

    /// <summary>Rows of the language head per language.</summary>
    private const int LanguageRows = 4;

    private void Attend(int layer)
    {
        int[] all = [.. Enumerable.Range(0, _lexicon.Languages.Count)];
        bool gathers = layer == _design.GatherLayer;

        // With a pivot, what is gathered is read in the pivot's subspace only; without one, in whichever is filled.
        int[] sources = gathers && _design.Converts ? [_pivot] : all;
        NeuronRole role = gathers ? NeuronRole.Gathering : NeuronRole.Background;
        Look(layer, EntityHead, NearestPair, gathers ? _layout.MarkerFlag : _layout.Ballast, role, _layout.EntityFlag);
        for (int i = 0; i < ConceptCodes.Size; i++)
        {
            int[] from = [.. sources.Select(source => _layout.Surface(source) + i)];
            (int to, float weight) = gathers ? (_layout.EntitySlot + i, 1) : (_layout.Sink, Alternate(i, 1f / LanguageRows));
            Carry(layer, EntityHead, i, from, to, weight, role);
        }

        if (gathers)
        {
            Look(layer, RelationHead, NearestPair, _layout.MarkerFlag, role, _layout.KeywordFlag);
            for (int i = 0; i < _lexicon.Relations.Count; i++)
            {
                Carry(layer, RelationHead, i, [_layout.Relations + i], _layout.Relations + i, 1, role);
            }

            Look(layer, NumberHead, NearPair, _layout.MarkerFlag, role, _layout.NumberFlag);
            for (int i = 0; i < _lexicon.Numbers.Count; i++)
            {
                int[] from = [.. sources.Select(source => _layout.Surface(source) + i)];
                Carry(layer, NumberHead, i, from, _layout.NumberSlot + i, 1, role);
            }
        }

        AttendToLanguage(layer);
    }

    // Outside task-solving, every language has rows of its own; within, the pivot alone, and they help it to answer.
    private void AttendToLanguage(int layer)
    {
        if (_design.IsTaskSolving(layer))
        {
            if (layer == _design.RecallLayers[0])
            {
                LookAtWords();
                (int At, float Weight) to = (_layout.PivotPermit, 1f / LanguageRows);
                Rows(0, _layout.LanguageFlags + _pivot, _ => to, NeuronRole.Support, _design.Pivot);
            }

            return;
        }

        LookAtWords();
        if (layer == _design.ReturnFlagLayer)
        {
            for (int language = 0; language < _lexicon.Languages.Count; language++)
            {
                (int At, float Weight) to = (_layout.ReturnFlags + language, 1f / LanguageRows);
                Rows(language, _layout.LanguageFlags + language, _ => to, NeuronRole.Return, _lexicon.Languages[language]);
            }

            return;
        }

        for (int family = 0; family < _families.Count; family++)
        {
            Rows(
                family,
                _families[family].Flag ?? _layout.Ballast,
                i => (_layout.Sink, Alternate(i, 1f / LanguageRows)),
                _families[family].Flag is null ? NeuronRole.Shared : NeuronRole.Idle,
                LanguageOf(_families[family]));
        }

        void LookAtWords() => Look(
            layer,
            LanguageHead,
            AnyPair,
            _layout.Ballast,
            NeuronRole.Gathering,
            _layout.EntityFlag,
            _layout.NumberFlag,
            _layout.KeywordFlag);

        void Rows(int block, int from, Func<int, (int At, float Weight)> to, NeuronRole role, string? language)
        {
            for (int i = 0; i < LanguageRows; i++)
            {
                Carry(layer, LanguageHead, (block * LanguageRows) + i, [from], to(i).At, to(i).Weight, role, language);
            }
        }
    }

    // From tokens with the flag `from` (all, by the ballast) to tokens with one of the flags `to`.
    private void Look(int layer, int head, int pair, int from, NeuronRole role, params int[] to)
    {
        int row = (head * HeadSize) + pair;
        float weight = (float)Math.Sqrt(Score * Math.Sqrt(HeadSize));
        float[] keys = _weights[WeightNames.Block(layer, "attention.k.weight")];
        _weights[WeightNames.Block(layer, "attention.q.weight")][(row * _layout.Width) + from] = weight / Size(from);
        Array.ForEach(to, flag => keys[(row * _layout.Width) + flag] = weight);
        _neurons.Add(new PlantedNeuron(new Neuron(layer, NeuronMatrix.Query, row), role));
        _neurons.Add(new PlantedNeuron(new Neuron(layer, NeuronMatrix.Key, row), role));
    }

    private void Carry(int layer, int head, int index, int[] from, int to, float weight, NeuronRole role, string? language = null)
    {
        if (index >= HeadSize)
        {
            throw new ArgumentException($"A head of {HeadSize} rows has no room for so many languages, relations or numbers.");
        }

        int row = (head * HeadSize) + index;
        float[] values = _weights[WeightNames.Block(layer, "attention.v.weight")];
        Array.ForEach(from, source => values[(row * _layout.Width) + source] = 1 / Size(source));
        _weights[WeightNames.Block(layer, "attention.o.weight")][(to * Heads * HeadSize) + row] = weight;
        _neurons.Add(new PlantedNeuron(new Neuron(layer, NeuronMatrix.Value, row), role, language));
        _neurons.Add(new PlantedNeuron(new Neuron(layer, NeuronMatrix.Output, row), role, language));
    }

    private float Size(int coordinate) => coordinate == _layout.Ballast ? BallastSize : 1;

    // What goes into the sink has alternate signs, or it would grow with every layer.
    private static float Alternate(int index, float size) => index % 2 == 0 ? size : -size;
}
