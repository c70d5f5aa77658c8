using MWork.Probes.Text;

namespace MWork.Probes.Neurons;

/// <summary>What a set of neurons came from.</summary>
/// <param name="Detector">Name of the method, e.g. <c>PLND</c>.</param>
/// <param name="Options">Everything that decided the set besides model and text, e.g.
/// <see cref="PlndOptions.Description"/>.</param>
/// <param name="Model">Hash of the model's weights.</param>
/// <param name="Text">Hash of the text.</param>
public sealed record NeuronOrigin(string Detector, string Options, string Model, string Text)
{
    /// <summary>One hash of all four.</summary>
    public string Hash =>
        ContentHash.Combine([ContentHash.Of(Detector), ContentHash.Of(Options), ContentHash.Of(Model), ContentHash.Of(Text)]);
}
