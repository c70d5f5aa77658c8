using System.Diagnostics;
using System.Text;
using MWork.Probes.Models.Checkpoints;
using Shouldly;

namespace MWork.Regression.Checkpoints;

public sealed class CheckpointFaultTests : IDisposable
{
    private const string Index = "model.safetensors.index.json";

    private readonly TemporaryFolder _folder = new();

    // Index, what the message must say. The folder holds shard s.safetensors with the tensor a.
    public static TheoryData<string, string> Indexes => new()
    {
        { "not json", "the index is not valid JSON; download it again." },
        { "", "the file is cut short, with a length of 0 bytes" },
        { "[]", "the index is not a JSON object" },
        { "{\"weight_map\":{\"a\":\"s.safetensors\"}", "the index is not valid JSON" },
        { "{\"weight_map\":{\"a\":\"s.safetensors\"}} x", "the index is not valid JSON" },
        { $"{{\"metadata\":{new string('[', 100_000)}", "the index is not valid JSON" },
        { "{\"metadata\":{}}", "the index has no field 'weight_map' that lists tensors" },
        { "{\"weight_map\":{}}", "the index has no field 'weight_map' that lists tensors" },
        { "{\"weight_map\":[]}", "field 'weight_map' must be an object of file names; download it again." },
        { "{\"weight_map\":{\"a\":\"s.safetensors\"},\"weight_map\":{}}", "the index has two fields 'weight_map'" },
        { "{\"weight_map\":{\"a\":1}}", "tensor 'a' must be given a file name" },
        { "{\"weight_map\":{\"a\":\"s.safetensors\",\"a\":\"s.safetensors\"}}", "tensor 'a' is listed twice" },
        { "{\"weight_map\":{\"a\":\"../s.safetensors\"}}", "tensor 'a' is said to be in '../s.safetensors', which is not a plain file name" },
        { "{\"weight_map\":{\"a\":\"/s.safetensors\"}}", "is said to be in '/s.safetensors', which is not a plain file name" },
        { "{\"weight_map\":{\"a\":\"x/s.safetensors\"}}", "which is not a plain file name; put the shard beside the index." },
        { "{\"weight_map\":{\"a\":\"x\\\\s.safetensors\"}}", "which is not a plain file name" },
        { "{\"weight_map\":{\"a\":\"C:s.safetensors\"}}", "which is not a plain file name" },
        { "{\"weight_map\":{\"a\":\"s\\u0000.safetensors\"}}", "which is not a plain file name" },
        { "{\"weight_map\":{\"a\":\"..\"}}", "which is not a plain file name" },
        { "{\"weight_map\":{\"a\":\"\"}}", "is said to be in '', which is not a .safetensors file" },
        { "{\"weight_map\":{\"a\":\"pytorch_model-00001-of-00002.bin\"}}", "which is not a .safetensors file; convert the checkpoint." },
        { "{\"weight_map\":{\"a\":\"s.safetensors\",\"b\":\"t.safetensors\"}}",
            "tensor 'b' is in 't.safetensors', and there is no such file; download that shard." },
        { "{\"weight_map\":{\"a\":\"s.safetensors\",\"b\":\"s.safetensors\"}}",
            "tensor 'b' is not in 's.safetensors', where the index has it; download both files again." },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Indexes))]
    public void A_faulty_index_is_refused(string index, string expected)
    {
        new SafetensorsWriter().Add("a", new[] { 1f }, 1).Write(_folder.File("s.safetensors"));
        string path = _folder.Write(Index, Encoding.UTF8.GetBytes(index));
        string message = Should.Throw<CheckpointException>(() => Checkpoint.Open(_folder.Path).Dispose()).Message;
        message.ShouldStartWith(path + ": ");
        message.ShouldContain(expected);
    }

    [Fact]
    public void A_faulty_shard_is_refused_by_its_own_name()
    {
        _folder.Write("s.safetensors", [1, 2]);
        _folder.Write(Index, "{\"weight_map\":{\"a\":\"s.safetensors\"}}"u8.ToArray());
        Refusal().ShouldBe($"{_folder.File("s.safetensors")}: the file is cut short, with a length of 2 bytes; download it again.");
    }

    [Fact]
    public void Tensors_of_a_shard_that_the_index_leaves_out_are_left_out()
    {
        new SafetensorsWriter().Add("a", new[] { 1f }, 1).Add("old", new[] { 1f }, 1).Write(_folder.File("s.safetensors"));
        _folder.Write(Index, "{\"metadata\":{\"total_size\":1},\"weight_map\":{\"a\":\"s.safetensors\"}}"u8.ToArray());
        using Checkpoint checkpoint = Checkpoint.Open(_folder.Path);
        checkpoint.Names.ShouldBe(["a"]);
    }

    [Fact]
    public void A_directory_without_weights_is_refused() =>
        Refusal().ShouldBe(
            $"{_folder.Path}: there is neither model.safetensors nor {Index}; check the path or download the checkpoint.");

    [Fact]
    public void Weights_of_another_name_are_pointed_at()
    {
        _folder.Write("consolidated.safetensors", []);
        Refusal().ShouldContain("(there is 'consolidated.safetensors'; rename it if it is the whole model)");
    }

    [Theory]
    [InlineData("pytorch_model.bin")]
    [InlineData("pytorch_model-00001-of-00002.bin")]
    public void Pickled_weights_are_never_loaded_but_the_way_to_convert_them_is_given(string name)
    {
        _folder.Write(name, [0x80, 2]);
        string message = Refusal();
        message.ShouldStartWith($"{_folder.Path}: the weights are pickled (pytorch_model*.bin), which is never loaded here");
        message.ShouldContain("python -c \"import glob, torch, safetensors.torch");
        message.ShouldContain("weights_only=True");
        message.ShouldNotContain('\n');
    }

    [Fact]
    public void A_path_to_a_file_or_to_nothing_is_refused()
    {
        string file = _folder.Write("model.safetensors", []);
        Refusal(file).ShouldBe($"{file}: this is a file; give the directory that holds it.");
        Refusal(_folder.File("none")).ShouldBe($"{_folder.File("none")}: there is no such directory; check the path.");
    }

    [Fact]
    public void A_directory_or_a_dangling_link_in_place_of_the_file_is_refused()
    {
        Directory.CreateDirectory(_folder.File("model.safetensors"));
        Refusal().ShouldContain("model.safetensors: the file cannot be opened");
        Directory.Delete(_folder.File("model.safetensors"));
        File.CreateSymbolicLink(_folder.File("model.safetensors"), "../blobs/gone");
        Refusal().ShouldContain("model.safetensors: the file cannot be opened");
        File.Delete(_folder.File("model.safetensors"));
        File.CreateSymbolicLink(_folder.File("model.safetensors"), "model.safetensors");
        Refusal().ShouldContain("model.safetensors");
    }

    [SkippableFact]
    public void A_pipe_in_place_of_the_file_is_refused_without_waiting_for_a_writer()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "needs mkfifo");
        using (var mkfifo = Process.Start("mkfifo", [_folder.File("model.safetensors")]))
        {
            mkfifo.WaitForExit();
        }

        Refusal().ShouldContain("the file is cut short, with a length of 0 bytes");
    }

    [Fact]
    public void A_tensor_that_is_not_there_is_refused()
    {
        using Checkpoint checkpoint = Checkpoint.Open(GoldenFiles.Model("llama-mha"));
        const string expected = "tensor 'model.norm' is missing; check that the config belongs to this checkpoint.";
        Should.Throw<CheckpointException>(() => checkpoint.FileOf("model.norm")).Message.ShouldEndWith(expected);
        Should.Throw<CheckpointException>(() => checkpoint.Shape("model.norm").Length).Message.ShouldEndWith(expected);
    }

    [Fact]
    public void Expectations_that_hold_pass()
    {
        using Checkpoint checkpoint = Small();
        checkpoint.Expect([("w", [2, 3]), ("b", [3]), ("rotary.inv_freq", [1])]);
        checkpoint.Expect([("w", [2, 3]), ("b", [3])], name => name.EndsWith("inv_freq", StringComparison.Ordinal));
    }

    [Fact]
    public void Tensors_that_are_missing_misshapen_or_surplus_are_refused()
    {
        using Checkpoint checkpoint = Small();
        string file = _folder.File("model.safetensors");
        Expecting(("w", [2, 3]), ("b", [3]), ("c", [1]), ("d", [1]), ("rotary.inv_freq", [1]))
            .ShouldBe($"{file}: tensor 'c' and 1 more are missing; check that the config belongs to this checkpoint.");
        Expecting(("w", [3, 2]), ("b", [3]), ("rotary.inv_freq", [1])).ShouldBe(
            $"{file}: tensor 'w' has the shape [2, 3], but the model needs [3, 2]; check that the config belongs to this checkpoint.");
        Expecting(("w", [2, 3]), ("b", [3]))
            .ShouldBe($"{file}: tensor 'rotary.inv_freq' is not part of the model; check that the config belongs to this checkpoint.");
        Expecting(("w", [2, 3])).ShouldContain("tensor 'b' and 1 more are not part of the model");

        string Expecting(params (string, int[])[] tensors) =>
            Should.Throw<CheckpointException>(() => checkpoint.Expect(tensors)).Message;
    }

    private Checkpoint Small()
    {
        new SafetensorsWriter().Add("w", new float[6], 2, 3).Add("b", new float[3], 3).Add("rotary.inv_freq", new float[1], 1)
            .Write(_folder.File("model.safetensors"));
        return Checkpoint.Open(_folder.Path);
    }

    private string Refusal(string? path = null) =>
        Should.Throw<CheckpointException>(() => Checkpoint.Open(path ?? _folder.Path).Dispose()).Message;
}
