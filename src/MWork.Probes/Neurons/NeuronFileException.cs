namespace MWork.Probes.Neurons;

/// <summary>A file of neurons or of counts that cannot be used: the message names the file, the field and the way out.</summary>
public sealed class NeuronFileException(string message, Exception? inner = null) : Exception(message, inner);
