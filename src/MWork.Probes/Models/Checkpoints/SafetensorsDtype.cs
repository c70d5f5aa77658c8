namespace MWork.Probes.Models.Checkpoints;

/// <summary>
/// Element types that are read, in the order by which the reference implementation lays tensors out (its <c>Dtype</c> enum,
/// whose other members lie between these).
/// </summary>
public enum SafetensorsDtype
{
    Bool,
    U8,
    F16,
    BF16,
    I32,
    F32,
    I64,
}
