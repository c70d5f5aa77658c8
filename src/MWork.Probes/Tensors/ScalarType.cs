namespace MWork.Probes.Tensors;

/// <summary>
/// How a number is laid out in memory, by PyTorch's names. Every operation computes in float32; a type of 16 bits is for keeping
/// weights in half the memory.
/// </summary>
public enum ScalarType
{
    Float32,
    Float16,
    BFloat16,
}
