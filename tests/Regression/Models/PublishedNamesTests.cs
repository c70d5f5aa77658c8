using MWork.Probes.Models;
using MWork.Probes.Models.Checkpoints;
using MWork.Probes.Tensors;
using MWork.Probes.Tensors.Managed;
using MWork.Regression.Checkpoints;
using MWork.Testing;
using Shouldly;

namespace MWork.Regression.Models;

/// <summary>Checkpoints whose names differ from what the reference writes today load all the same, as the reference loads them.</summary>
public sealed class PublishedNamesTests : IDisposable
{
    private static readonly ManagedBackend s_ops = ManagedBackend.Shared;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>BLOOM's releases were saved from the model without its head: <c>h.0.…</c>, <c>word_embeddings.weight</c>.</summary>
    [Theory, InlineData("bloom", "transformer."), InlineData("qwen2", "model.")]
    public void A_checkpoint_of_the_model_without_its_head_lacks_the_prefix(string model, string prefix)
    {
        string original = Repository.Fixture("golden", "models", model);
        Rewrite(original, name => name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name);
        Logits(_folder.Path).ShouldBe(Logits(original));
    }

    [Fact]
    public void A_tied_model_passes_over_the_copy_of_its_embedding()
    {
        string original = Repository.Fixture("golden", "models", "qwen2");
        Rewrite(original, name => name, copyAs: ("model.embed_tokens.weight", "lm_head.weight"));
        Logits(_folder.Path).ShouldBe(Logits(original));
    }

    [Fact]
    public void An_untied_model_still_needs_its_head()
    {
        Rewrite(Repository.Fixture("golden", "models", "llama-mha"), name => name == "lm_head.weight" ? "head.weight" : name);
        Should.Throw<CheckpointException>(() => ModelDirectory.LoadDecoder(_folder.Path, s_ops)).Message.ShouldContain("'lm_head.weight' is missing");
    }

    private static float[] Logits(string directory)
    {
        (Decoder decoder, _) = ModelDirectory.LoadDecoder(directory, s_ops);
        using Weights weights = decoder.Weights;
        using var scope = new TensorScope();
        return decoder.Forward(s_ops, TokenBatch.Of([[3, 1, 4, 1, 5]])).Logits.ToArray();
    }

    private void Rewrite(string original, Func<string, string> rename, (string From, string To)? copyAs = null)
    {
        File.Copy(Path.Combine(original, "config.json"), _folder.File("config.json"));
        using Checkpoint checkpoint = Checkpoint.Open(original);
        var writer = new SafetensorsWriter();
        foreach (string name in checkpoint.Names)
        {
            float[] values = checkpoint.FileOf(name).ReadFloat32(name);
            writer.Add(rename(name), values, checkpoint.Shape(name));
            if (copyAs is { } copy && copy.From == name)
            {
                writer.Add(copy.To, values, checkpoint.Shape(name));
            }
        }

        writer.Write(_folder.File("model.safetensors"));
    }
}
