namespace MWork.Probes.Tensors;

/// <summary>Reverse-mode differentiation over the op list.</summary>
public sealed class Tape;
