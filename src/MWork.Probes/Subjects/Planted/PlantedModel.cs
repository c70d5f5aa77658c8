using MWork.Probes.Models;

namespace MWork.Probes.Subjects.Planted;

/// <summary>
/// A Llama whose weights are set by construction, so that its neurons and its flow are known. <c>docs/planted-models.md</c> walks
/// through it.
/// </summary>
/// <param name="Config">A valid Llama configuration.</param>
/// <param name="Weights">Values of every weight by the decoder's name for it, row-major.</param>
/// <param name="Neurons">What each neuron is for.</param>
public sealed record PlantedModel(
    ModelConfig Config, IReadOnlyDictionary<string, float[]> Weights, IReadOnlyList<PlantedNeuron> Neurons);
