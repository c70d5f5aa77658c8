using MWork.Probes.Randomness;

namespace MWork.Probes.Subjects.Planted;

/// <summary>The neurons that answer: one per fact, one per pair of numbers.</summary>
public sealed partial class PlantedBuilder
{
    // Codes of other entities reach a third of a match, so a gate stays closed for them up to a margin of two thirds.
    private const float FactMargin = 0.5f;

    // One number of a question's two is worth about half.
    private const float PairMargin = 0.25f;

    // Answers of varying strength: a few are wrong, and most leave room for improvement.
    private const double MeanStrength = 0.6;
    private const double StrengthDeviation = 0.4;
    private const double SmallestStrength = 0.05;
    private const double LargestStrength = 1.5;

    // A second copy is silent before the weakest answer is written in full; more sharply, integrals over its activations would need many more nodes.
    private const float SilencedBy = 15;

    private void PlanKnowledge()
    {
        int copies = _design.DiffusesKnowledge ? 2 : 1;
        int layers = _design.RecallLayers.Count / copies;
        int index = 0;
        foreach (PlantedFact fact in _lexicon.Facts)
        {
            bool universal = fact.HeldBy is null
                || _design.DiffusesKnowledge
                || (_design.Converts && fact.HeldBy == _design.Pivot);

            // Without a pivot, the fact of each language is another one.
            int?[] languages = !universal ? [Language(fact.HeldBy!)]
                : _design.Converts ? [null]
                : [.. Enumerable.Range(0, _lexicon.Languages.Count)];
            foreach (int? language in languages)
            {
                for (int copy = 0; copy < copies; copy++)
                {
                    PlanFact(fact, language, universal, copy > 0, _design.RecallLayers[(copy * layers) + (index % layers)]);
                }

                index++;
            }
        }
    }

    // Fires on entity ∧ relation (∧ language); everything short of that stays below the threshold.
    private void PlanFact(PlantedFact fact, int? language, bool universal, bool second, int layer)
    {
        int surface = language ?? _pivot;
        int output = _layout.Surface(_design.Converts ? _pivot : surface);
        List<(int, float)> gate =
        [
            .. Code(fact.Entity, surface).Select((value, i) => (_layout.EntitySlot + i, Sharpness * value)),
            (_layout.Relations + Relation(fact.Relation), Sharpness),
            Threshold(language is null ? 2 : 3, FactMargin),
        ];
        if (language is { } flag)
        {
            gate.Add((_layout.LanguageFlags + flag, Sharpness));
        }

        if (second)
        {
            gate.Add((_layout.Done, -Sharpness * SilencedBy));
        }

        List<(int, float)> down =
        [
            .. Code(fact.Answer, surface).Select((value, i) => (output + i, value / (Sharpness * FactMargin))),
        ];
        if (_design.DiffusesKnowledge && !second)
        {
            down.Add((_layout.Done, 1 / (Sharpness * FactMargin)));
        }

        _planned[layer].Add(new PlannedNeuron(
            NeuronRole.Knowledge,
            language is { } l ? _lexicon.Languages[l] : null,
            fact.Id,
            [.. gate],
            [.. Strengths(fact, language, universal)],
            [.. down]));
    }

    // A shared fact stands on its own by one part, and on the permit of the question's language by the other.
    private IEnumerable<(int At, float Value)> Strengths(PlantedFact fact, int? language, bool universal)
    {
        double permitted = universal ? _design.PermitShare : 1;
        if (universal)
        {
            yield return Constant((1 - permitted) * Strength(fact.Id));
        }

        foreach (Family family in _families)
        {
            int[] served = [.. family.Languages.Where(l => language is null || language == l)];
            if (served.Length > 0)
            {
                yield return (family.Permit, (float)(permitted * served.Average(In)));
            }
        }

        if (language is null || language == _pivot)
        {
            yield return (_layout.PivotPermit, (float)(permitted * In(_pivot)));
        }

        double In(int l) => Strength($"{fact.Id} in {_lexicon.Languages[l]}");
    }

    private void PlanReasoning()
    {
        foreach (PlantedPair pair in _lexicon.Pairs)
        {
            int[] numbers = [.. new[] { Number(pair.First), Number(pair.Second) }.Distinct()];
            int answer = Number(pair.Answer);
            float down = 1 / (Sharpness * PairMargin);

            // Without a pivot, whose subspace is all languages': a number is one coordinate in each.
            int[] surfaces = _design.Converts ? [_pivot] : [.. Enumerable.Range(0, _lexicon.Languages.Count)];
            Range solving = _design.GatherLayer..(_design.RecallLayers[^1] + 1);
            _planned[solving].MinBy(neurons => neurons.Count)!.Add(new PlannedNeuron(
                NeuronRole.Reasoning,
                Language: null,
                pair.Id,
                Gate:
                [
                    .. numbers.Select(number => (_layout.NumberSlot + number, Sharpness)),
                    (_layout.Relations + Relation(pair.Kind), Sharpness),
                    Threshold(2, PairMargin),
                ],
                Up: [Constant(Strength(pair.Id))],
                Down: [.. surfaces.Select(surface => (_layout.Surface(surface) + answer, down))]));
        }
    }

    private int Number(string concept) => IndexOf(_lexicon.Numbers, concept, "number");

    private double Strength(string name)
    {
        double deviate = new CounterRandom(_design.Seed, $"strength {name}").NextGaussian();
        return Math.Clamp(MeanStrength + (StrengthDeviation * deviate), SmallestStrength, LargestStrength);
    }
}
