using MWork.Probes.Neurons;

namespace MWork.Probes.Subjects.Planted;

/// <summary>
/// One neuron of the construction: the ground truth that detectors are held against. Every feed-forward neuron is listed, and of
/// the attention rows and columns those that are not zero.
/// </summary>
/// <param name="Neuron">Layer, matrix, index.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Language">The one language it serves, or null.</param>
/// <param name="Fact">The fact or number pair that it answers.</param>
public sealed record PlantedNeuron(Neuron Neuron, NeuronRole Role, string? Language = null, string? Fact = null)
{
    public int Layer => Neuron.Layer;

    public NeuronMatrix Matrix => Neuron.Matrix;

    public int Index => Neuron.Index;

    /// <summary>
    /// Whether it fires in every text of its language and in no other: what a detector of language-specific neurons must find.
    /// The knowledge neurons of a fact that one language holds are not: they fire in some texts only.
    /// </summary>
    public bool IsLanguageSpecific => Language is not null && Role is not NeuronRole.Knowledge;
}
