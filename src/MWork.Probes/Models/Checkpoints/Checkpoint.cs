using MWork.Probes.Tensors;

namespace MWork.Probes.Models.Checkpoints;

/// <summary>
/// The weights of a released model: one <c>model.safetensors</c>, or the shards that <c>model.safetensors.index.json</c> lists.
/// Nothing is read but headers until a tensor is asked for.
/// </summary>
public sealed class Checkpoint : IDisposable
{
    private readonly List<SafetensorsFile> _files;
    private readonly Dictionary<string, SafetensorsFile> _map;
    private string? _hash;

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

    /// <summary>Reads one float tensor, widened to float32, onto a backend.</summary>
    /// <exception cref="CheckpointException">There is no such tensor, or its elements are integers.</exception>
    public Tensor Load(string name, ITensorOps ops) => ops.FromArray(FileOf(name).ReadFloat32(name), Shape(name));

    /// <summary>
    /// Reads tensors one at a time, as the caller asks for the next, so that the memory of one tensor is held beside what the
    /// caller keeps. Progress is in bytes of the files, reported after each tensor.
    /// </summary>
    /// <param name="ops">Where the tensors live.</param>
    /// <param name="names">The tensors wanted, in the order wanted; null for all.</param>
    /// <param name="progress">Told (bytes done, bytes in total).</param>
    /// <exception cref="CheckpointException">A tensor is missing or its elements are integers.</exception>
    public IEnumerable<(string Name, Tensor Tensor)> LoadAll(
        ITensorOps ops, IReadOnlyCollection<string>? names = null, IProgress<(long Done, long Total)>? progress = null)
    {
        names ??= Names;
        long total = names.Sum(name => Entry(name).ByteCount);
        long done = 0;
        foreach (string name in names)
        {
            Tensor tensor = Load(name, ops);
            done += Entry(name).ByteCount;
            progress?.Report((done, total));
            yield return (name, tensor);
        }
    }

    /// <summary>
    /// Holds the tensors against those that a model needs: each must be there in its shape, and no other may be, unless
    /// <paramref name="surplus"/> allows it (buffers such as rotary <c>inv_freq</c>).
    /// </summary>
    /// <exception cref="CheckpointException">Names a tensor that is missing, mis-shaped or surplus.</exception>
    public void Expect(IEnumerable<(string Name, int[] Shape)> tensors, Func<string, bool>? surplus = null) =>
        CheckpointExpectation.Check(this, tensors, surplus);

    /// <summary>Refuses weights with a NaN or an infinity in them; reads everything once.</summary>
    /// <exception cref="CheckpointException">Names the tensor and the first such element.</exception>
    public void CheckFinite(IProgress<(long Done, long Total)>? progress = null)
    {
        long total = Names.Sum(name => Entry(name).ByteCount);
        long done = 0;
        foreach (string name in Names)
        {
            FileOf(name).CheckFinite(name);
            done += Entry(name).ByteCount;
            progress?.Report((done, total));
        }
    }

    /// <summary>
    /// SHA-256, in lower-case hexadecimal, over the tensors in name order. The same tensors give the same hash however they
    /// are spread over files; metadata, offsets and the index are not part of it. Read once, then remembered.
    /// </summary>
    /// <remarks>Layout of what is hashed: <see cref="CheckpointHash"/>.</remarks>
    public string Hash(IProgress<(long Done, long Total)>? progress = null) => _hash ??= CheckpointHash.Compute(this, progress);

    public void Dispose()
    {
        foreach (SafetensorsFile file in _files)
        {
            file.Dispose();
        }
    }

    internal SafetensorsEntry Entry(string name) => FileOf(name).Entry(name);
}
