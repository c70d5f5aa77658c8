namespace MWork.Probes.Tensors.Managed;

/// <summary>Where a matrix lies: its first element, and how many elements apart rows and columns are.</summary>
internal readonly unsafe struct StridedMatrix(float* data, long row, long column)
{
    public long Row => row;

    public long Column => column;

    public StridedMatrix Transposed => new(data, column, row);

    public float* At(long i, long j) => data + (i * row) + (j * column);
}
