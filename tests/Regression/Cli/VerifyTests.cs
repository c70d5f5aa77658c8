using System.Text.Json.Nodes;
using MWork.Probes.Models.Checkpoints;
using MWork.Probes.Models.Parity;
using MWork.Regression.Checkpoints;
using MWork.Testing;
using Shouldly;

namespace MWork.Regression.Cli;

/// <summary><c>mwork verify</c> and <c>mwork doctor</c> on the repository's fixtures, and where they must say no.</summary>
public sealed class VerifyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("float32")]
    [InlineData("stored")]
    public void A_model_that_agrees(string weights)
    {
        CommandOutcome outcome = CommandLine.Run("verify", Repository.Fixture("golden", "models", "qwen3"), "--weights", weights);
        outcome.Code.ShouldBe(0);
        outcome.Output.ShouldContain("ragged_logits");
        outcome.Output.ShouldNotContain("differs");
    }

    [Fact]
    public void A_model_that_differs()
    {
        Copy(Repository.Fixture("golden", "models", "qwen3"));
        string path = _folder.File(CheckpointParity.FileName);
        var changed = new SafetensorsWriter();
        using (var reference = SafetensorsFile.Open(path))
        {
            float[] logits = reference.ReadFloat32("logits");
            logits[^1] += 1;
            changed.Add("logits", logits, reference.Tensors["logits"].Shape);
            changed.Add("input_ids", reference.ReadInt64("input_ids"), reference.Tensors["input_ids"].Shape);
        }

        changed.Write(path);
        CommandOutcome outcome = CommandLine.Run("verify", _folder.Path, "--json");
        outcome.Code.ShouldBe(1);
        JsonNode json = JsonNode.Parse(outcome.Output)!;
        ((bool)json["passes"]!).ShouldBeFalse();
        JsonNode row = json["tensors"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)row["tensor"]!).ShouldBe("logits");
        ((double)row["difference"]!).ShouldBe(1, tolerance: 0.01);
    }

    [Fact]
    public void A_tokenizer_that_agrees()
    {
        CommandOutcome outcome = CommandLine.Run("verify", Repository.Fixture("golden", "tokenizers", "sentencepiece-bpe"));
        outcome.Code.ShouldBe(0);
        outcome.Output.ShouldContain("ids_plain");
    }

    [Fact]
    public void A_tokenizer_that_differs()
    {
        Copy(Repository.Fixture("golden", "tokenizers", "qwen2"));
        string path = _folder.File("expected.json");
        JsonNode expected = JsonNode.Parse(File.ReadAllText(path))!;
        expected["cases"]![1]!["ids_plain"]![0] = 3;
        File.WriteAllText(path, expected.ToJsonString());
        CommandOutcome outcome = CommandLine.Run("verify", _folder.Path);
        outcome.Code.ShouldBe(1);
        outcome.Output.ShouldContain("differs from the reference in 1 of");
        outcome.Output.ShouldContain("ids_plain of \" \": expected [3]");
    }

    [Fact]
    public void The_doctor_says_what_is_here()
    {
        CommandOutcome table = CommandLine.Run("doctor");
        table.Code.ShouldBe(0);
        table.Output.ShouldContain("reference tokenizers");
        JsonNode json = JsonNode.Parse(CommandLine.Run("doctor", "--json").Output)!;
        ((int)json["threads"]!).ShouldBeGreaterThan(0);
        json["fixtures"]!["reference models"]!.AsArray().Select(name => (string)name!).ShouldContain("qwen3");
    }

    private void Copy(string directory)
    {
        foreach (string file in Directory.GetFiles(directory))
        {
            File.Copy(file, _folder.File(Path.GetFileName(file)));
        }
    }
}
