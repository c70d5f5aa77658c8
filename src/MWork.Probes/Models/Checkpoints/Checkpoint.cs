using System.Buffers;

namespace MWork.Probes.Models.Checkpoints;

/// <summary>
/// The weights of a released model: one <c>model.safetensors</c>, or the shards that <c>model.safetensors.index.json</c> lists.
/// Nothing is read but headers until a tensor is asked for.
/// </summary>
public sealed class Checkpoint : IDisposable
{
    // A whole number of elements of any type; the second-level cache holds it while it is hashed, checked and handed on.
    private const int PieceBytes = 1 << 20;

    private readonly List<SafetensorsFile> _files;
    private readonly Dictionary<string, SafetensorsFile> _map;

    private Checkpoint(string path, List<SafetensorsFile> files, Dictionary<string, SafetensorsFile> map)
    {
        Path = path;
        _files = files;
        _map = map;
        string[] names = [.. map.Keys];
        Array.Sort(names, Utf8Order.Compare);
        Names = names;
    }

    /// <summary>The file, or the index of the shards.</summary>
    public string Path { get; }

    /// <summary>Names of the tensors, in the order of their UTF-8 bytes.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <exception cref="CheckpointException">The directory holds no checkpoint, or one with a fault; says which.</exception>
    public static Checkpoint Open(string directory)
    {
        (string path, List<SafetensorsFile> files, Dictionary<string, SafetensorsFile> map) = CheckpointFiles.Open(directory);
        return new Checkpoint(path, files, map);
    }

    public bool Contains(string name) => _map.ContainsKey(name);

    /// <summary>Sizes of a tensor, outermost first.</summary>
    /// <exception cref="CheckpointException">There is no such tensor.</exception>
    public ReadOnlySpan<int> Shape(string name) => Entry(name).Shape;

    /// <summary>Element type of a tensor as stored.</summary>
    /// <exception cref="CheckpointException">There is no such tensor.</exception>
    public SafetensorsDtype Dtype(string name) => Entry(name).Dtype;

    /// <summary>The file that a tensor is in.</summary>
    /// <exception cref="CheckpointException">There is no such tensor.</exception>
    public SafetensorsFile FileOf(string name) => _map.TryGetValue(name, out SafetensorsFile? file)
        ? file
        : throw CheckpointException.InTensor(Path, name, "is missing; check that the config belongs to this checkpoint");

    /// <summary>
    /// Holds the tensors against those that a model needs: each must be there in its shape, and no other may be, unless
    /// <paramref name="surplus"/> allows it (buffers such as rotary <c>inv_freq</c>).
    /// </summary>
    /// <exception cref="CheckpointException">Names a tensor that is missing, mis-shaped or surplus.</exception>
    public void Expect(IEnumerable<(string Name, int[] Shape)> tensors, Func<string, bool>? surplus = null) =>
        CheckpointExpectation.Check(this, tensors, surplus);

    /// <summary>
    /// Reads every tensor once, in the order of <see cref="Names"/> and in pieces, so that no more than a piece is held at a time. What was
    /// read is checked and hashed on the way.
    /// </summary>
    /// <param name="take">Given each piece; null where only the check and the hash are wanted.</param>
    /// <param name="progress">Told after each piece and each tensor.</param>
    /// <returns>
    /// SHA-256, in lower-case hexadecimal, over the tensors in name order. The same tensors give the same hash however they
    /// are spread over files; metadata, offsets and the index are not part of it.
    /// </returns>
    /// <exception cref="CheckpointException">A float is a NaN or an infinity; names the tensor and the first such element.</exception>
    /// <remarks>Layout of what is hashed: <see cref="CheckpointHash"/>.</remarks>
    public string Read(TensorPiece? take = null, IProgress<LoadProgress>? progress = null)
    {
        using var hash = new CheckpointHash();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        var done = new LoadProgress(0, Names.Count, 0, Names.Sum(name => Entry(name).ByteCount));
        foreach (string name in Names)
        {
            SafetensorsFile file = FileOf(name);
            SafetensorsEntry tensor = file.Entry(name);
            hash.Begin(tensor);
            for (long start = 0; start < tensor.ByteCount; start += PieceBytes)
            {
                Span<byte> piece = buffer.AsSpan(0, (int)Math.Min(PieceBytes, tensor.ByteCount - start));
                file.ReadBytes(name, start, piece);
                hash.Append(piece);
                long first = start / tensor.Dtype.Size();
                file.RequireFinite(tensor, first, piece);
                take?.Invoke(tensor, first, piece);
                done = done with { Bytes = done.Bytes + piece.Length };
                progress?.Report(done);
            }

            done = done with { Tensors = done.Tensors + 1 };
            progress?.Report(done);
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return hash.Finish();
    }

    public void Dispose()
    {
        foreach (SafetensorsFile file in _files)
        {
            file.Dispose();
        }
    }

    internal SafetensorsEntry Entry(string name) => FileOf(name).Entry(name);
}
