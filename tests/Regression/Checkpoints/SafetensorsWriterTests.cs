using System.Buffers.Binary;
using System.Text;
using MWork.Probes.Models.Checkpoints;
using Shouldly;

namespace MWork.Regression.Checkpoints;

public sealed class SafetensorsWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Writes_the_reference_layout_byte_for_byte()
    {
        // Name order within a dtype, wider dtype first, no white space, spaces to a multiple of 8.
        const string header =
            "{\"__metadata__\":{\"a\":\"x\\\"y\",\"b\":\"é\\n\\u0001\"}," +
            "\"ids\":{\"dtype\":\"I64\",\"shape\":[2],\"data_offsets\":[0,16]}," +
            "\"B\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[16,20]}," +
            "\"a\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[20,28]}," +
            "\"empty\":{\"dtype\":\"F32\",\"shape\":[0,3],\"data_offsets\":[28,28]}}";
        byte[] json = Encoding.UTF8.GetBytes(header);
        int padded = (json.Length + 7) & ~7;
        padded.ShouldNotBe(json.Length, "the test should see padding");
        byte[] expected =
        [
            (byte)padded, (byte)(padded >> 8), 0, 0, 0, 0, 0, 0,
            .. json,
            .. Enumerable.Repeat((byte)' ', padded - json.Length),
            5, 0, 0, 0, 0, 0, 0, 0, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
            0x00, 0x00, 0x80, 0x3F,
            0x00, 0x00, 0x00, 0xC0, 0x00, 0x00, 0x20, 0x41,
        ];

        var writer = new SafetensorsWriter(new Dictionary<string, string>(StringComparer.Ordinal) { ["b"] = "é\n\u0001", ["a"] = "x\"y" })
            .Add("empty", Array.Empty<float>(), 0, 3)
            .Add("a", new[] { -2f, 10f }, 1, 2)
            .Add("ids", new[] { 5L, -2L }, 2)
            .Add("B", new[] { 1f });
        using var stream = new MemoryStream();
        writer.Write(stream);
        stream.ToArray().ShouldBe(expected);
    }

    [Theory]
    [InlineData("bloom", "model.safetensors")]
    [InlineData("gemma2", "model.safetensors")]
    [InlineData("llama-mha", "model-00001-of-00005.safetensors")]
    [InlineData("llama-mha", "model-00005-of-00005.safetensors")]
    [InlineData("mistral-swa", "model.safetensors")]
    [InlineData("qwen3", "model.safetensors")]
    public void Rewriting_a_file_of_the_reference_gives_its_bytes(string family, string name)
    {
        string original = GoldenFiles.Model(family, name);
        using var stream = new MemoryStream();
        Copy(original).Write(stream);
        stream.ToArray().ShouldBe(File.ReadAllBytes(original));
    }

    [Fact]
    public void Rewriting_mixed_dtypes_gives_the_tensors_in_the_order_of_the_reference()
    {
        // The reference leaves the order of several metadata to chance, so only what follows them is comparable.
        string original = GoldenFiles.Model("bloom", "expected.safetensors");
        using var stream = new MemoryStream();
        Copy(original).Write(stream);
        AfterMetadata(stream.ToArray()).ShouldBe(AfterMetadata(File.ReadAllBytes(original)));

        static byte[] AfterMetadata(byte[] file)
        {
            long start = 8 + BinaryPrimitives.ReadInt64LittleEndian(file);
            int end = Encoding.UTF8.GetString(file.AsSpan(0, (int)start)).IndexOf("},", StringComparison.Ordinal);
            return file[end..];
        }
    }

    [Fact]
    public void A_write_and_a_read_give_back_every_bit()
    {
        float[] values =
        [
            0f, -0f, 1f, float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity,
            BitConverter.UInt32BitsToSingle(0x7FC00000), BitConverter.UInt32BitsToSingle(0x7F800001), BitConverter.UInt32BitsToSingle(0xFFC12345),
        ];
        long[] ids = [long.MinValue, -1, 0, 1, long.MaxValue];
        new SafetensorsWriter(new Dictionary<string, string>(StringComparer.Ordinal) { ["k\t"] = "\u2028 \U0001F600" })
            .Add("v", values, 3, 4).Add("ids\U0001F600", ids, 5).Write(_folder.File("a.safetensors"));

        using SafetensorsFile file = SafetensorsFile.Open(_folder.File("a.safetensors"));
        file.ReadFloat32("v").Select(BitConverter.SingleToUInt32Bits).ShouldBe(values.Select(BitConverter.SingleToUInt32Bits));
        file.Entry("v").Shape.ToArray().ShouldBe([3, 4]);
        file.ReadInt64("ids\U0001F600").ShouldBe(ids);
        file.Metadata.ShouldBe([new("k\t", "\u2028 \U0001F600")]);
    }

    [Fact]
    public void Names_are_ordered_by_their_utf8_bytes()
    {
        // U+FFFD comes before U+1F600 in UTF-8, after it in UTF-16.
        string[] names = ["\U0001F600", "\uFFFD", "é", "z", "a.10", "a.1", "a"];
        var writer = new SafetensorsWriter();
        foreach (string name in names)
        {
            writer.Add(name, new[] { 1f }, 1);
        }

        writer.Write(_folder.File("a.safetensors"));
        using SafetensorsFile file = SafetensorsFile.Open(_folder.File("a.safetensors"));
        file.Tensors.Values.OrderBy(tensor => tensor.Begin).Select(tensor => tensor.Name)
            .ShouldBe(["a", "a.1", "a.10", "z", "é", "\uFFFD", "\U0001F600"]);
    }

    [Fact]
    public void A_failed_write_leaves_the_old_file_and_nothing_beside_it()
    {
        string path = _folder.Write("a.safetensors", [1, 2, 3]);
        var writer = new SafetensorsWriter().Add("\uD800", new[] { 1f }, 1);
        Should.Throw<ArgumentException>(() => writer.Write(path));
        Directory.GetFiles(_folder.Path).ShouldBe([path]);
        File.ReadAllBytes(path).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void A_write_replaces_a_file_that_is_being_read()
    {
        string path = _folder.File("a.safetensors");
        new SafetensorsWriter().Add("v", new[] { 1f }, 1).Write(path);
        using SafetensorsFile old = SafetensorsFile.Open(path);
        new SafetensorsWriter().Add("v", new[] { 2f }, 1).Write(path);
        old.ReadFloat32("v").ShouldBe([1f]);
        using SafetensorsFile renewed = SafetensorsFile.Open(path);
        renewed.ReadFloat32("v").ShouldBe([2f]);
        Directory.GetFiles(_folder.Path).ShouldBe([path]);
    }

    [Fact]
    public void Names_and_shapes_that_cannot_be_written_are_refused()
    {
        var writer = new SafetensorsWriter().Add("v", new[] { 1f }, 1);
        Should.Throw<ArgumentException>(() => writer.Add("v", new[] { 1f }, 1)).Message.ShouldContain("'v' is taken");
        Should.Throw<ArgumentException>(() => writer.Add("__metadata__", new[] { 1f }, 1));
        Should.Throw<ArgumentException>(() => writer.Add("w", new[] { 1f }, 2)).Message.ShouldContain("[2] needs 2 values, but has 1");
        Should.Throw<ArgumentException>(() => writer.Add("w", new[] { 1f }, -1, -1));
    }

    private static SafetensorsWriter Copy(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Open(path);
        var writer = new SafetensorsWriter(file.Metadata);
        foreach (SafetensorsEntry tensor in file.Tensors.Values.Reverse())
        {
            _ = tensor.Dtype == SafetensorsDtype.I64
                ? writer.Add(tensor.Name, file.ReadInt64(tensor.Name), tensor.Shape)
                : writer.Add(tensor.Name, file.ReadFloat32(tensor.Name), tensor.Shape);
        }

        return writer;
    }
}
