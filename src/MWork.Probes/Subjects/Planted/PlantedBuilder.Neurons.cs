using MWork.Probes.Models;
using MWork.Probes.Neurons;
using MWork.Probes.Randomness;

namespace MWork.Probes.Subjects.Planted;

/// <summary>How a feed-forward neuron is described, and written into its layer.</summary>
public sealed partial class PlantedBuilder
{
    // An open flag's gate is at Opening, where SiLU passes 20; a closed one at −Closing, where it passes nothing at all. What closes less tightly passes
    // numbers that a few products later lie below float's normal range, where processors are ten times slower.
    private const float Opening = 20;
    private const float Closing = 110;

    // Sharpness × margin is how far a gate opens when all that it asks for is there; one thing short, it is closed, and two things short, SiLU gives zero.
    private const float Sharpness = 100;

    private const float SharedSize = 0.3f;
    private const int SharedNeurons = 4;

    private (int At, float Value)[] OpenFor(int? flag) => flag is { } coordinate
        ? [(coordinate, Opening + Closing), (_layout.Ballast, -Closing / BallastSize)]
        : [(_layout.Ballast, Opening / BallastSize)];

    // Opens by Sharpness · margin when all `count` conditions hold, each worth 1.
    private (int At, float Value) Threshold(int count, float margin) =>
        (_layout.Ballast, -Sharpness * (count - margin) / BallastSize);

    private (int At, float Value) Constant(double value) => (_layout.Ballast, (float)value / BallastSize);

    // Fires on one entity wherever it stands, in all languages, and writes into the sink.
    private void PlanBackground(int layer, int neurons)
    {
        const float Margin = 0.5f;
        string[] entities = [.. _lexicon.Words.OfType<PlantedWord>().Where(word => word.Part == WordPart.Entity)
            .Select(word => word.Concept).Distinct(StringComparer.Ordinal)];
        if (entities.Length == 0)
        {
            throw new ArgumentException("The lexicon has no word for an entity; there is nothing to ask about.");
        }

        var random = new CounterRandom(_design.Seed, $"background {layer}");
        int first = random.NextInt(entities.Length);
        for (int i = 0; _planned[layer].Count < neurons; i++)
        {
            string entity = entities[(first + i) % entities.Length];
            _planned[layer].Add(new PlannedNeuron(
                NeuronRole.Background,
                Language: null,
                Fact: null,
                Gate:
                [
                    .. Enumerable.Range(0, _lexicon.Languages.Count).SelectMany(language =>
                        Code(entity, language).Select((value, j) => (_layout.Surface(language) + j, Sharpness * value))),
                    (_layout.EntityFlag, Sharpness),
                    Threshold(2, Margin),
                ],
                Up: [Constant(0.1 + (0.4 * random.NextDouble()))],
                Down: [(_layout.Sink, Alternate(i, 1 / (Sharpness * Margin)))]));
        }
    }

    // Planned neurons take random places in their layer, so that no index tells what a neuron is for.
    private void Write(int layer, int neurons)
    {
        int[] places = new CounterRandom(_design.Seed, $"places {layer}").Sample(neurons, neurons);
        float[] gate = _weights[WeightNames.Block(layer, "ffn.gate.weight")];
        float[] up = _weights[WeightNames.Block(layer, "ffn.up.weight")];
        float[] down = _weights[WeightNames.Block(layer, "ffn.down.weight")];
        for (int i = 0; i < neurons; i++)
        {
            PlannedNeuron planned = _planned[layer][i];
            Array.ForEach(planned.Gate, entry => gate[(places[i] * _layout.Width) + entry.At] += entry.Value);
            Array.ForEach(planned.Up, entry => up[(places[i] * _layout.Width) + entry.At] += entry.Value);
            Array.ForEach(planned.Down, entry => down[(entry.At * neurons) + places[i]] += entry.Value);
            var neuron = new Neuron(layer, NeuronMatrix.Ffn, places[i]);
            _neurons.Add(new PlantedNeuron(neuron, planned.Role, planned.Language, planned.Fact));
        }
    }

    private sealed record PlannedNeuron(
        NeuronRole Role,
        string? Language,
        string? Fact,
        (int At, float Value)[] Gate,
        (int At, float Value)[] Up,
        (int At, float Value)[] Down);
}
