namespace MWork.Probes.Tensors;

/// <summary>A device has no room for a tensor. <see cref="Models.Batches"/> answers it with a smaller batch.</summary>
public sealed class DeviceMemoryException(string message, Exception? inner = null) : Exception(message, inner);
