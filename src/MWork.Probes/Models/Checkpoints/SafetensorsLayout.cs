using MWork.Probes.Tensors;

namespace MWork.Probes.Models.Checkpoints;

/// <summary>
/// The rule of the format that makes a file safe to share: the tensors, sorted by offset, cover the data without overlap and
/// without a hole, and each covers as many bytes as its shape and dtype need.
/// </summary>
internal static class SafetensorsLayout
{
    /// <param name="file">For messages.</param>
    /// <param name="tensors">Entries in any order.</param>
    /// <param name="dataLength">Bytes between the header and the end of the file.</param>
    /// <exception cref="CheckpointException">The rule is broken.</exception>
    public static void Check(string file, IReadOnlyCollection<SafetensorsEntry> tensors, long dataLength)
    {
        foreach (SafetensorsEntry tensor in tensors)
        {
            CheckOffsets(file, tensor, dataLength);
            CheckSize(file, tensor);
        }

        SafetensorsEntry[] sorted = [.. tensors];
        Array.Sort(sorted, (a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : a.End.CompareTo(b.End));
        SafetensorsEntry? previous = null;
        long covered = 0;
        foreach (SafetensorsEntry tensor in sorted)
        {
            if (tensor.Begin < covered)
            {
                throw Fault(
                    file,
                    tensor,
                    $"begins at byte {tensor.Begin}, inside tensor {CheckpointException.Quote(previous!.Name)}," +
                    $" which ends at {covered}; write the file again");
            }

            if (tensor.Begin > covered)
            {
                throw Fault(
                    file,
                    tensor,
                    $"begins at byte {tensor.Begin}, and bytes from {covered} on before it belong to no tensor; write the file again");
            }

            covered = tensor.End;
            previous = tensor;
        }

        if (covered != dataLength)
        {
            throw CheckpointException.In(
                file, $"{dataLength - covered} bytes after the last tensor belong to none; download or write the file again");
        }
    }

    private static void CheckOffsets(string file, SafetensorsEntry tensor, long dataLength)
    {
        if (tensor.End < tensor.Begin)
        {
            throw Fault(
                file, tensor, $"has 'data_offsets' that end at {tensor.End} before they begin at {tensor.Begin}; write the file again");
        }

        if (tensor.End > dataLength)
        {
            throw Fault(
                file,
                tensor,
                $"ends at byte {tensor.End} of the data, but the file holds {dataLength}, so it is cut short; download it again");
        }
    }

    private static void CheckSize(string file, SafetensorsEntry tensor)
    {
        // A zero anywhere makes the tensor empty, but the reference multiplies in order and refuses a product that overflows
        // before it meets the zero; so do we.
        long bytes = tensor.Dtype.Size();
        foreach (int size in tensor.Shape)
        {
            try
            {
                bytes = checked(bytes * size);
            }
            catch (OverflowException e)
            {
                string shape = Tensor.Describe(tensor.Shape);
                throw CheckpointException.InTensor(
                    file, tensor.Name, $"has the shape {shape}, whose size overflows 64 bits; write the file again", e);
            }
        }

        if (bytes != tensor.ByteCount)
        {
            throw Fault(
                file,
                tensor,
                $"of shape {Tensor.Describe(tensor.Shape)} and dtype {tensor.Dtype.Name()} needs {bytes} bytes," +
                $" but has {tensor.ByteCount}; write the file again");
        }
    }

    private static CheckpointException Fault(string file, SafetensorsEntry tensor, string what) =>
        CheckpointException.InTensor(file, tensor.Name, what);
}
