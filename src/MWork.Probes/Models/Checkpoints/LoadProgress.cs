namespace MWork.Probes.Models.Checkpoints;

/// <summary>How far a checkpoint has been read.</summary>
/// <param name="Tensors">Tensors read whole.</param>
/// <param name="TotalTensors">Tensors in the checkpoint.</param>
/// <param name="Bytes">Bytes read, as stored.</param>
/// <param name="TotalBytes">Bytes of all tensors.</param>
public readonly record struct LoadProgress(int Tensors, int TotalTensors, long Bytes, long TotalBytes);
