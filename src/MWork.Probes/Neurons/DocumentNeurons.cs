namespace MWork.Probes.Neurons;

/// <summary>What one document found.</summary>
/// <param name="Hash">Its content hash.</param>
/// <param name="Tokens">T.</param>
/// <param name="Important">Its important neurons, at the places of <see cref="PlndCounts.Layout"/>.</param>
public sealed record DocumentNeurons(string Hash, int Tokens, NeuronBits Important);
