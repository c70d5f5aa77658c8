using MWork.Probes.Models;
using MWork.Probes.Neurons;

namespace MWork.Probes.Interventions;

/// <summary>What a prompt's run takes over from the run of another prompt.</summary>
/// <param name="Site">A site with positions of its own, [B, T, W].</param>
public sealed record Patch(string Site)
{
    /// <summary>Which entries of the last dimension; null for all.</summary>
    public IReadOnlyList<int>? Entries { get; init; }

    /// <summary>Which positions, counted back from each prompt's last token, which is 0; null for all. Prompts are aligned from the end:
    /// position i comes from the donor's position i, or from its first token where the donor is shorter.</summary>
    public IReadOnlyList<int>? FromEnd { get; init; }

    /// <summary>The residual stream as block <paramref name="layer"/> leaves it.</summary>
    public static Patch Residual(int layer, IReadOnlyList<int>? fromEnd = null) => new(Sites.ResidPost(layer)) { FromEnd = fromEnd };

    /// <summary>What one attention head gives to the output projection.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The model has no such head.</exception>
    public static Patch Head(ModelConfig config, int layer, int head, IReadOnlyList<int>? fromEnd = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(head);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(head, config.Heads);
        return new(Sites.Mix(layer)) { Entries = [.. Enumerable.Range(head * config.HeadSize, config.HeadSize)], FromEnd = fromEnd };
    }

    /// <summary>The values of neurons, one patch per layer and matrix.</summary>
    public static IEnumerable<Patch> Neurons(NeuronSet neurons, IReadOnlyList<int>? fromEnd = null) => neurons
        .GroupBy(neuron => Ablation.Site(neuron.Layer, neuron.Matrix), neuron => neuron.Index)
        .Select(site => new Patch(site.Key) { Entries = [.. site], FromEnd = fromEnd });
}
