namespace MWork.Probes.Models.Checkpoints;

/// <summary>Takes some of a tensor's elements, in the order of the file.</summary>
/// <param name="tensor">Which tensor.</param>
/// <param name="start">Row-major position of the first element.</param>
/// <param name="elements">As stored, little-endian; gone when the call returns.</param>
public delegate void TensorPiece(SafetensorsEntry tensor, long start, ReadOnlySpan<byte> elements);
