using MWork.Probes.Models;
using MWork.Probes.Randomness;

namespace MWork.Probes.Subjects.Planted;

public sealed partial class PlantedBuilder
{
    // A gate that is open passes its neuron's input nearly unchanged times the opening; a closed one passes e^−20 of it.
    private const float FlagSharpness = 40;
    private const float FactSharpness = 60;
    private const float FactMargin = 0.25f;
    private const float BackgroundSize = 0.02f;

    private void PlanConversion()
    {
        if (!_design.Converts)
        {
            return;
        }

        for (int language = 0; language < _lexicon.Languages.Count; language++)
        {
            if (language == _pivot)
            {
                continue;
            }

            for (int i = 0; i < _layout.SurfaceSize; i++)
            {
                int own = _layout.Surface(language) + i;
                int pivot = _layout.Surface(_pivot) + i;
                Move(_design.ConversionLayer, NeuronRole.Conversion, language, own, pivot, (float)_design.ConversionGain);
                if (i < ResidualLayout.CodeSize)
                {
                    Move(_design.ReturnLayer, NeuronRole.Return, language, pivot, own, 1);
                }
            }
        }
    }

    // Gated by the language's flag: subtracts a coordinate from one subspace and adds it to the other.
    private void Move(int layer, NeuronRole role, int language, int from, int to, float gain)
    {
        float opening = FlagSharpness / 2;
        _planned[layer].Add(new PlannedNeuron(
            role,
            _lexicon.Languages[language],
            Fact: null,
            Gate: [(_layout.LanguageFlags + language, FlagSharpness), (_layout.Ballast, -opening / BallastSize)],
            Up: [(from, 1)],
            Down: [(to, gain / opening), (from, -gain / opening)]));
    }

    private void PlanKnowledge()
    {
        int index = 0;
        foreach (PlantedFact fact in _lexicon.Facts)
        {
            if (_design.Converts && fact.Languages is null)
            {
                PlanFact(fact, language: null, Next());
                continue;
            }

            foreach (string language in fact.Languages ?? [_design.Pivot])
            {
                PlanFact(fact, Language(language), Next());
            }
        }

        int Next() => _design.Understanding + (index++ % _design.TaskSolving);
    }

    // Fires on entity ∧ relation (∧ language); everything short of that stays below the threshold.
    private void PlanFact(PlantedFact fact, int? language, int layer)
    {
        int codeLanguage = language ?? _pivot;
        int output = _layout.Surface(_design.Converts ? _pivot : codeLanguage);
        float needed = (language is null ? 2 : 3) - FactMargin;
        float opening = FactSharpness * FactMargin;
        List<(int, float)> gate =
        [
            .. Code(fact.Entity, codeLanguage).Select((value, i) => (_layout.EntitySlot + i, FactSharpness * value)),
            (_layout.RelationSlot + Relation(fact.Relation), FactSharpness),
            (_layout.Ballast, -FactSharpness * needed / BallastSize),
        ];
        if (language is { } flag)
        {
            gate.Add((_layout.LanguageFlags + flag, FactSharpness));
        }

        _planned[layer].Add(new PlannedNeuron(
            NeuronRole.Knowledge,
            language is { } l ? _lexicon.Languages[l] : null,
            $"{fact.Entity}/{fact.Relation}",
            Gate: [.. gate],
            Up: [(_layout.Ballast, 1 / BallastSize)],
            Down: [.. Code(fact.Answer, codeLanguage).Select((value, i) => (output + i, AnswerSize / opening * value))]));
    }

    private void PlanBackground(int layer, int neurons)
    {
        for (int index = _planned[layer].Count; index < neurons; index++)
        {
            var random = new CounterRandom(_design.Seed, $"background {layer} {index}");
            _planned[layer].Add(new PlannedNeuron(
                NeuronRole.Background, Language: null, Fact: null, Weak(random), Weak(random), Weak(random)));
        }
    }

    // The ballast is left out: reading it would open every gate alike.
    private (int, float)[] Weak(CounterRandom random) => Enumerable.Range(0, _layout.EntitySlot)
        .Select(i => (i, BackgroundSize * (float)random.NextGaussian())).ToArray();

    // Planned neurons take random places in their layer, so that no index tells what a neuron is for.
    private IEnumerable<PlantedNeuron> Write(int layer, int neurons, Dictionary<string, float[]> weights)
    {
        int[] places = new CounterRandom(_design.Seed, $"places {layer}").Sample(neurons, neurons);
        float[] gate = weights[WeightNames.Block(layer, "ffn.gate.weight")];
        float[] up = weights[WeightNames.Block(layer, "ffn.up.weight")];
        float[] down = weights[WeightNames.Block(layer, "ffn.down.weight")];
        for (int i = 0; i < neurons; i++)
        {
            PlannedNeuron planned = _planned[layer][i];
            Array.ForEach(planned.Gate, entry => gate[(places[i] * _layout.Width) + entry.At] = entry.Value);
            Array.ForEach(planned.Up, entry => up[(places[i] * _layout.Width) + entry.At] = entry.Value);
            Array.ForEach(planned.Down, entry => down[(entry.At * neurons) + places[i]] = entry.Value);
            yield return new PlantedNeuron(layer, places[i], planned.Role, planned.Language, planned.Fact);
        }
    }

    private sealed record PlannedNeuron(
        NeuronRole Role, string? Language, string? Fact, (int At, float Value)[] Gate, (int At, float Value)[] Up, (int At, float Value)[] Down);
}
