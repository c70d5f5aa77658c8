namespace MWork.Probes.Models;

/// <summary>
/// How a loaded model keeps its weights. On the managed backend all arithmetic is in float32 either way, and every result has the same bits,
/// since widening a weight is exact: this decides memory and time only. A GPU takes products with weights of 16 bits in their type.
/// </summary>
public enum WeightPrecision
{
    /// <summary>Widened while loading. What training needs.</summary>
    Float32,

    /// <summary>Matrices as the file has them, widened where they are used: half the memory for float16 and bfloat16.</summary>
    Stored,
}
