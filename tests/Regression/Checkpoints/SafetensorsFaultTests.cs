using System.Text;
using MWork.Probes.Models.Checkpoints;
using Shouldly;

namespace MWork.Regression.Checkpoints;

/// <summary>Each fault of a file is refused with a sentence that names the file, the tensor and a way out.</summary>
public sealed class SafetensorsFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    // Header, bytes of data, what the message must say.
    public static TheoryData<string, int, string> Headers => new()
    {
        { "[]", 0, "the header is not a JSON object" },
        { " {}", 0, "the header is not a JSON object" },
        { "{", 0, "the header is not a JSON object" },
        { "{}}", 0, "the header is not a JSON object" },
        { "{\"a\":{\"dtype\":\"\\ud800\",\"shape\":[],\"data_offsets\":[0,0]}}", 0, "the header is not a JSON object" },
        { "{\"\\ud800\":1}", 0, "the header is not a JSON object" },
        { $"{{\"a\":{new string('[', 100_000)}", 0, "tensor 'a' must be described by an object; write" },
        { $"{{\"a\":{{\"shape\":{new string('[', 100_000)}", 0, "tensor 'a' has an entry in 'shape' that is not a whole number" },
        { "{\"a\":3}", 0, "tensor 'a' must be described by an object; write the file again." },
        { One("F32", "[1]", "[0,4]").Replace("}}", "},}", StringComparison.Ordinal), 4, "the header is not a JSON object" },
        { $"{{{SafetensorsBytes.Entry("a", "F32", "[1]", "[0,4]")},{SafetensorsBytes.Entry("a", "F32", "[1]", "[4,8]")}}}", 8,
            "tensor 'a' is listed twice in the header; write the file again" },
        { $"{{{SafetensorsBytes.Entry("a", "F32", "[2]", "[0,8]")},{SafetensorsBytes.Entry("b", "F32", "[2]", "[4,12]")}}}", 12,
            "tensor 'b' begins at byte 4, inside tensor 'a', which ends at 8; write the file again." },
        { $"{{{SafetensorsBytes.Entry("a", "F32", "[1]", "[0,4]")},{SafetensorsBytes.Entry("b", "F32", "[1]", "[8,12]")}}}", 12,
            "tensor 'b' begins at byte 8, and bytes from 4 on before it belong to no tensor; write the file again." },
        { One("F32", "[1]", "[4,8]"), 8, "tensor 'a' begins at byte 4, and bytes from 0 on before it belong to no tensor" },
        { One("F32", "[1]", "[0,4]"), 9, "5 bytes after the last tensor belong to none; download or write the file again." },
        { "{}", 3, "3 bytes after the last tensor belong to none" },
        { One("F32", "[2]", "[0,8]"), 7, "tensor 'a' ends at byte 8 of the data, but the file holds 7, so it is cut short; download it again." },
        { One("F32", "[1]", "[9223372036854775803,9223372036854775807]"), 4, "tensor 'a' ends at byte 9223372036854775807 of the data" },
        { One("F32", "[1]", "[4,0]"), 4, "tensor 'a' has 'data_offsets' that end at 0 before they begin at 4; write the file again." },
        { One("F32", "[2,3]", "[0,20]"), 20, "tensor 'a' of shape [2, 3] and dtype F32 needs 24 bytes, but has 20; write the file again." },
        { One("BF16", "[]", "[0,4]"), 4, "tensor 'a' of shape [] and dtype BF16 needs 2 bytes, but has 4" },
        { One("I64", "[0,7]", "[0,4]"), 4, "tensor 'a' of shape [0, 7] and dtype I64 needs 0 bytes, but has 4" },
        { One("F32", "[2147483647,2147483647,2147483647]", "[0,4]"), 4,
            "tensor 'a' has the shape [2147483647, 2147483647, 2147483647], whose size overflows 64 bits; write the file again." },
        { One("U8", "[1048576,1048576,1048576,16]", "[0,0]"), 0, "whose size overflows 64 bits" },
        { One("F32", "[2147483648]", "[0,4]"), 4, "tensor 'a' has a dimension of size 2147483648 in its shape" },
        { One("F32", "[-1]", "[0,4]"), 4, "tensor 'a' has an entry in 'shape' that is not a whole number from 0" },
        { One("F32", "[1.0]", "[0,4]"), 4, "tensor 'a' has an entry in 'shape' that is not a whole number from 0" },
        { One("F32", "[1e0]", "[0,4]"), 4, "tensor 'a' has an entry in 'shape' that is not a whole number from 0" },
        { One("F32", "[99999999999999999999]", "[0,4]"), 4, "tensor 'a' has an entry in 'shape' that is not a whole number from 0" },
        { One("F32", "[\"1\"]", "[0,4]"), 4, "tensor 'a' has an entry in 'shape' that is not a whole number from 0" },
        { One("F32", $"[{string.Join(',', Enumerable.Repeat(1, 65))}]", "[0,4]"), 4, "tensor 'a' has a shape of more than 64 dimensions" },
        { One("F32", "[1]", "[-4,0]"), 4, "tensor 'a' has an entry in 'data_offsets' that is not a whole number from 0" },
        { One("F32", "[1]", "[0]"), 4, "tensor 'a' must have two numbers in 'data_offsets'; write the file again." },
        { One("F32", "[1]", "[0,4,8]"), 4, "tensor 'a' must have two numbers in 'data_offsets'" },
        { One("F32", "[1]", "4"), 4, "tensor 'a' has a field 'data_offsets' that is not an array" },
        { One("F32", "null", "[0,4]"), 4, "tensor 'a' has a field 'shape' that is not an array" },
        { One("F8_E4M3", "[4]", "[0,4]"), 4,
            "tensor 'a' has the dtype 'F8_E4M3', and only F32, F16, BF16, I64, I32, U8 and BOOL are read; convert it to one of these." },
        { One("f32", "[1]", "[0,4]"), 4, "tensor 'a' has the dtype 'f32'" },
        { "{\"a\":{\"dtype\":1,\"shape\":[],\"data_offsets\":[0,0]}}", 0, "tensor 'a' has a field 'dtype' that is not a text" },
        { "{\"a\":{\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "tensor 'a' has no field 'dtype'; write the file again." },
        { "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]}}", 4, "tensor 'a' has no field 'shape'" },
        { "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", 4, "tensor 'a' has no field 'data_offsets'" },
        { "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "unknown or second field 'dtype'" },
        { "{\"a\":{\"dtype\":\"F32\",\"stride\":[1],\"shape\":[1],\"data_offsets\":[0,4]}}", 4, "tensor 'a' has an unknown or second field 'stride'" },
        { "{\"__metadata__\":[]}", 0, "__metadata__ must be an object of texts; write the file again." },
        { "{\"__metadata__\":{\"k\":1}}", 0, "__metadata__ entry 'k' must be a text; write the file again." },
        { "{\"__metadata__\":{\"k\":\"\",\"k\":\"\"}}", 0, "__metadata__ has two entries 'k'" },
        { "{\"__metadata__\":{},\"__metadata__\":{}}", 0, "the header has two entries __metadata__" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Headers))]
    public void A_faulty_header_is_refused(string header, int dataLength, string expected) =>
        Refuses(SafetensorsBytes.File(header, dataLength), expected);

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void A_file_without_a_header_length_is_refused(int length) =>
        Refuses(new byte[length], $"the file is cut short, with a length of {length} bytes; download it again.");

    [Theory]
    [InlineData(100_000_001L, "the header length 100000001 is above the limit of 100000000 bytes")]
    [InlineData(-1L, "the header length 18446744073709551615 is above the limit")]
    [InlineData(30L, "the file is cut short: its header has 30 bytes, but only 2 follow the header length; download it again.")]
    [InlineData(1L, "the header is not a JSON object")]
    [InlineData(0L, "the header is not a JSON object")]
    public void A_lying_header_length_is_refused(long headerLength, string expected) =>
        Refuses(SafetensorsBytes.File("{}"u8.ToArray(), [], headerLength), expected);

    [Fact]
    public void A_header_that_is_not_utf8_is_refused() =>
        Refuses(SafetensorsBytes.File([.. "{\"__metadata__\":{\"a\":\""u8, 0xFF, .. "\"}}"u8], []), "the header is not a JSON object");

    [Fact]
    public void Every_truncation_of_a_real_file_is_refused()
    {
        byte[] whole = File.ReadAllBytes(GoldenFiles.Model("llama-mha", "model-00002-of-00005.safetensors"));
        foreach (int length in Enumerable.Range(0, 1000).Concat([2000, 5000, whole.Length - 1]))
        {
            string path = _folder.Write("cut.safetensors", whole[..length]);
            Should.Throw<CheckpointException>(() => SafetensorsFile.Open(path).Dispose()).Message.ShouldContain("cut.safetensors");
        }
    }

    [Fact]
    public void A_pointer_of_git_lfs_is_named_for_what_it_is() => Refuses(
        Encoding.ASCII.GetBytes("version https://git-lfs.example/spec/v1\noid sha256:00\nsize 1\n"), "Git LFS pointer, not the weights; run 'git lfs pull'");

    [Fact]
    public void Long_and_hostile_names_are_clipped_in_messages()
    {
        string path = _folder.Write("a.safetensors", SafetensorsBytes.File($"{{\"\\u001b[2J{new string('x', 5000)}\":1}}", 0));
        string message = Should.Throw<CheckpointException>(() => SafetensorsFile.Open(path)).Message;
        message.Length.ShouldBeLessThan(500);
        message.ShouldNotContain('\u001b');
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Weights_that_are_not_finite_are_refused_at_their_first_index(float bad)
    {
        float[] values = new float[3 * 70_000];
        values[(2 * 70_000) + 17] = bad;
        values[^1] = float.NaN;
        string path = _folder.File("model.safetensors");
        new SafetensorsWriter().Add("sound", new[] { 1f }, 1).Add("w", values, 3, 70_000).Add("zids", new[] { 7L }, 1).Write(path);
        using Checkpoint checkpoint = Checkpoint.Open(_folder.Path);
        string message = Should.Throw<CheckpointException>(() => checkpoint.Read()).Message;
        message.ShouldStartWith($"{path}: tensor 'w' is {bad.ToString(System.Globalization.CultureInfo.InvariantCulture)} at [2, 17]; ");
    }

    [Fact]
    public void A_tensor_is_read_as_what_it_holds()
    {
        string path = _folder.File("a.safetensors");
        new SafetensorsWriter().Add("f", new[] { 1f, 2f }, 2).Add("i", new[] { 7L }, 1).Write(path);
        using SafetensorsFile file = SafetensorsFile.Open(path);
        Should.Throw<CheckpointException>(() => file.ReadFloat32("i")).Message.ShouldContain("tensor 'i' holds I64 and was asked for as floats");
        Should.Throw<CheckpointException>(() => file.ReadInt64("f")).Message.ShouldContain("tensor 'f' holds F32 and was asked for as integers");
        Should.Throw<CheckpointException>(() => file.ReadFloat32("g")).Message.ShouldContain("tensor 'g' is not in the file");
        Should.Throw<ArgumentException>(() => file.ReadFloat32("f", new float[3])).Message.ShouldContain("has 2 elements");
        Should.Throw<ArgumentOutOfRangeException>(() => file.ReadBytes("f", 5, new byte[4]));
        Should.Throw<ArgumentOutOfRangeException>(() => file.ReadBytes("f", -1, new byte[4]));
    }

    private static string One(string dtype, string shape, string offsets) => $"{{{SafetensorsBytes.Entry("a", dtype, shape, offsets)}}}";

    private void Refuses(byte[] file, string expected)
    {
        string path = _folder.Write("faulty.safetensors", file);
        string message = Should.Throw<CheckpointException>(() => SafetensorsFile.Open(path).Dispose()).Message;
        message.ShouldStartWith(path + ": ");
        message.ShouldContain(expected);
        message.ShouldEndWith(".");
    }
}
