namespace MWork.Probes.Tensors.Managed;

/// <summary>CPU kernels in C#: SIMD, threaded, the same bits on any machine.</summary>
public sealed class ManagedBackend;
