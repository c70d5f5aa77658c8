namespace MWork.Probes.Models;

/// <summary>Where a pass can go on: at a block, or at the neurons of one.</summary>
/// <param name="Layer">The block.</param>
/// <param name="AtNeurons">Attention, and what leads to the neurons, have been.</param>
public readonly record struct Entrance(int Layer, bool AtNeurons = false)
{
    /// <summary>The sites whose values a pass needs to go on from here. At a block: <see cref="Models.Sites.ResidPre"/>; at its neurons:
    /// <see cref="Models.Sites.ResidMid"/> and <see cref="Models.Sites.FfnActivation"/>.</summary>
    public IReadOnlyList<string> Sites => AtNeurons ? [Models.Sites.ResidMid(Layer), Models.Sites.FfnActivation(Layer)] : [Models.Sites.ResidPre(Layer)];
}
