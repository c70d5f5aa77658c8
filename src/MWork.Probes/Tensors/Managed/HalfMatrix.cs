namespace MWork.Probes.Tensors.Managed;

/// <summary>A matrix of 16-bit floats, rows contiguous, as kernels read it; the default value stands for none.</summary>
internal readonly unsafe struct HalfMatrix(ushort* data, long stride, ScalarType type)
{
    public bool IsNone => data == null;

    /// <summary>Writes <paramref name="count"/> elements of a row, from a column on, as float32.</summary>
    public void Widen(long row, long column, int count, float* destination) => HalfPrecision.Widen(
        type, new ReadOnlySpan<ushort>(data + (row * stride) + column, count), new Span<float>(destination, count));
}
