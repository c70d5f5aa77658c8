using MWork.Probes.Models.Checkpoints;
using Shouldly;

namespace MWork.Regression.Checkpoints;

public sealed class CheckpointTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    // The hashes were computed by a separate program from the layout that CheckpointHash documents.
    [Theory]
    [InlineData("bloom", 53, "536096d1320ce0eae9ef08a0f4402a5a9106f9ddd5446e99383d27797b320954")]
    [InlineData("gemma2", 46, "4ddde8b471b7670a0eaabbe702cdc6248926153bcd348cca3dff918363105bcb")]
    [InlineData("llama-mha", 39, "2ae87dbd011c2bbab0ce7dc8fe64bb1ff07939a2bb9a91e8d0efe7b35f0f4a2d")]
    [InlineData("llama3-gqa-ropescaled", 38, "7c0521bdf4ece292c8782cf7427a39e0e0289626b2c84a00bf69170b1a513549")]
    [InlineData("mistral-swa", 39, "f0c05c0aa06c175d08688e49d5e8718579f6b8e9b617213824a0309fe1db94e8")]
    [InlineData("qwen2", 50, "410310490430c72008d70a23718cb0ebfdafb6764b4d2e986d6d6ce849a2dfc7")]
    [InlineData("qwen3", 46, "bdfae9f02ed38a5f442b407878362f1a2254bf95c0c3deb3aa201b23f659d843")]
    public void Golden_checkpoints_hold_every_byte_of_every_tensor(string family, int tensors, string hash)
    {
        using Checkpoint checkpoint = Checkpoint.Open(GoldenFiles.Model(family));
        checkpoint.Names.Count.ShouldBe(tensors);
        checkpoint.Read().ShouldBe(hash);
    }

    [Theory]
    [InlineData("bloom", "transformer.h.0.mlp.dense_4h_to_h.weight", new[] { 32, 128 }, "F32", new[] { 0.386163592338562f, -0.35929498076438904f })]
    [InlineData("qwen2", "model.embed_tokens.weight", new[] { 160, 32 }, "BF16", new[] { -0.17578125f, -0.1611328125f, 0.322265625f, -0.51171875f })]
    public void Elements_are_read_in_their_shape(string family, string name, int[] shape, string dtype, float[] first)
    {
        using Checkpoint checkpoint = Checkpoint.Open(GoldenFiles.Model(family));
        checkpoint.Shape(name).ToArray().ShouldBe(shape);
        checkpoint.Dtype(name).ToString().ShouldBe(dtype);
        checkpoint.FileOf(name).ReadFloat32(name)[..first.Length].ShouldBe(first);
    }

    [Theory]
    [InlineData("bloom")]
    [InlineData("llama-mha")]
    [InlineData("qwen2")]
    public void Reference_values_beside_the_golden_checkpoints_are_read(string family)
    {
        using SafetensorsFile file = SafetensorsFile.Open(GoldenFiles.Model(family, "expected.safetensors"));
        file.Metadata["seed"].ShouldBe("7");
        file.Entry("input_ids").Shape.ToArray().ShouldBe([2, 14]);
        file.ReadInt64("input_ids").ShouldAllBe(id => id >= 0 && id < 200);
        file.ReadFloat32("attention_probs").Chunk(14).ShouldAllBe(row => Math.Abs(row.Sum() - 1) < 1e-5);
    }

    [Fact]
    public void Resharding_and_metadata_do_not_change_the_hash_but_contents_do()
    {
        string whole = Merge("whole", scale: 1);
        string changed = Merge("changed", scale: -1);
        using Checkpoint sharded = Checkpoint.Open(GoldenFiles.Model("llama-mha"));
        using Checkpoint single = Checkpoint.Open(whole);
        using Checkpoint other = Checkpoint.Open(changed);
        single.Path.ShouldEndWith("model.safetensors");
        string.Join(" ", single.Names).ShouldBe(string.Join(" ", sharded.Names));
        single.Read().ShouldBe(sharded.Read());
        other.Read().ShouldNotBe(sharded.Read(), StringComparer.Ordinal);
    }

    [Fact]
    public void One_pass_gives_every_byte_once_and_says_how_far_it_is()
    {
        using Checkpoint checkpoint = Checkpoint.Open(GoldenFiles.Model("llama-mha"));
        var reports = new Reports();
        var read = new Dictionary<string, List<byte>>(StringComparer.Ordinal);
        checkpoint.Read(
            (tensor, start, elements) =>
            {
                List<byte> bytes = read.TryGetValue(tensor.Name, out List<byte>? before) ? before : read[tensor.Name] = [];
                start.ShouldBe(bytes.Count / 4);
                bytes.AddRange(elements);
            },
            reports);
        foreach (string name in checkpoint.Names)
        {
            byte[] stored = new byte[4 * checkpoint.FileOf(name).Entry(name).Count];
            checkpoint.FileOf(name).ReadBytes(name, 0, stored);
            read[name].ShouldBe(stored);
        }

        reports.Seen.Select(report => report.Bytes).ShouldBeInOrder();
        reports.Seen.Select(report => report.Tensors).ShouldBeInOrder();
        reports.Seen[^1].ShouldBe(new LoadProgress(39, 39, 181376, 181376));
    }

    [Fact]
    public void Links_to_files_elsewhere_are_followed_as_caches_of_the_hub_need()
    {
        string cache = Directory.CreateDirectory(_folder.File("snapshot")).FullName;
        string blobs = Directory.CreateDirectory(_folder.File("blobs")).FullName;
        foreach (string path in Directory.GetFiles(GoldenFiles.Model("llama-mha"), "model*"))
        {
            string name = Path.GetFileName(path);
            File.Copy(path, Path.Combine(blobs, name + ".blob"));
            File.CreateSymbolicLink(Path.Combine(cache, name), Path.Combine("..", "blobs", name + ".blob"));
        }

        using Checkpoint linked = Checkpoint.Open(cache);
        using Checkpoint original = Checkpoint.Open(GoldenFiles.Model("llama-mha"));
        linked.Read().ShouldBe(original.Read());
    }

    [Fact]
    public void A_read_after_dispose_throws_instead_of_touching_unmapped_memory()
    {
        Checkpoint checkpoint = Checkpoint.Open(GoldenFiles.Model("bloom"));
        checkpoint.Dispose();
        Should.Throw<ObjectDisposedException>(() => checkpoint.FileOf(checkpoint.Names[0]).ReadFloat32(checkpoint.Names[0]));
    }

    private string Merge(string folder, float scale)
    {
        string directory = Directory.CreateDirectory(_folder.File(folder)).FullName;
        using Checkpoint source = Checkpoint.Open(GoldenFiles.Model("llama-mha"));
        var writer = new SafetensorsWriter(new Dictionary<string, string>(StringComparer.Ordinal) { ["made"] = folder });
        foreach (string tensor in source.Names)
        {
            float[] values = source.FileOf(tensor).ReadFloat32(tensor);
            values[0] *= scale;
            writer.Add(tensor, values, source.Shape(tensor));
        }

        writer.Write(Path.Combine(directory, "model.safetensors"));
        return directory;
    }

    private sealed class Reports : IProgress<LoadProgress>
    {
        public List<LoadProgress> Seen { get; } = [];

        public void Report(LoadProgress value) => Seen.Add(value);
    }
}
