namespace MWork.Probes.Subjects.Planted;

/// <summary>What a planted feed-forward neuron is for.</summary>
public enum NeuronRole
{
    /// <summary>Moves one coordinate of a language's words into the pivot's subspace.</summary>
    Conversion,

    /// <summary>Answers one fact asked in one language (or in any).</summary>
    Knowledge,

    /// <summary>Moves one coordinate of the pivot's answer into a language's subspace.</summary>
    Return,

    /// <summary>Random, weak, for nothing.</summary>
    Background,
}

/// <summary>One neuron of the construction: the ground truth that detectors are held against.</summary>
/// <param name="Layer">Block, from 0.</param>
/// <param name="Index">Row of the gate and up projections, column of the down projection.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Language">The language it serves, or null when it serves all.</param>
/// <param name="Fact">The fact a knowledge neuron answers, as entity/relation.</param>
public sealed record PlantedNeuron(int Layer, int Index, NeuronRole Role, string? Language = null, string? Fact = null);
