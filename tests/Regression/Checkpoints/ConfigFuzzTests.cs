using System.Text;
using System.Text.Json.Nodes;
using MWork.Probes.Models;
using MWork.Probes.Models.Checkpoints;
using MWork.Probes.Randomness;
using MWork.Probes.Tensors.Managed;
using Shouldly;

namespace MWork.Regression.Checkpoints;

/// <summary>Damaged and hostile configurations beside sound weights: the model loads or is refused, with bounded memory.</summary>
[Collection(nameof(ConfigFuzzTests))]
[CollectionDefinition(nameof(ConfigFuzzTests), DisableParallelization = true)]
public sealed class ConfigFuzzTests : IDisposable
{
    private const int CasesOfFamily = 300;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("bloom")]
    [InlineData("gemma2")]
    [InlineData("llama-mha")]
    [InlineData("llama3-gqa-ropescaled")]
    [InlineData("mistral-swa")]
    [InlineData("qwen2")]
    [InlineData("qwen3")]
    public void Damaged_configs_load_or_are_refused(string family)
    {
        byte[] sound = Copy(family);
        int loaded = 0;
        for (int i = 0; i < CasesOfFamily; i++)
        {
            CounterRandom random = new CounterRandom(22, family).Fork(i);
            byte[] damaged = Damage.Of(sound, sound.Length, random);
            loaded += LoadsWithinBounds(damaged) ? 1 : 0;
        }

        loaded.ShouldBeInRange(1, CasesOfFamily - 1);
    }

    [Theory]
    [InlineData("llama-mha", "num_hidden_layers", int.MaxValue)]
    [InlineData("gemma2", "num_hidden_layers", int.MaxValue)]
    [InlineData("gemma2", "num_hidden_layers", 4000)]
    [InlineData("bloom", "n_layer", int.MaxValue)]
    [InlineData("bloom", "n_layer", 4000)]
    [InlineData("bloom", "hidden_size", 1 << 30)]
    [InlineData("llama-mha", "head_dim", int.MaxValue - 1)]
    [InlineData("llama-mha", "vocab_size", int.MaxValue)]
    [InlineData("llama-mha", "intermediate_size", int.MaxValue)]
    public void Configs_made_to_allocate_are_refused_within_bounds(string family, string field, int value)
    {
        JsonNode config = JsonNode.Parse(Copy(family))!;
        config.AsObject().ContainsKey("layer_types").ShouldBeFalse();
        config[field] = value;
        LoadsWithinBounds(Encoding.UTF8.GetBytes(config.ToJsonString())).ShouldBeFalse();
    }

    private bool LoadsWithinBounds(byte[] config)
    {
        _folder.Write("config.json", config);
        long files = new DirectoryInfo(_folder.Path).EnumerateFiles().Sum(file => file.Length);
        long before = GC.GetAllocatedBytesForCurrentThread();
        long native = Storage.AllocatedBytes;
        bool loads = false;
        try
        {
            (MWork.Probes.Models.Decoder decoder, _) = ModelDirectory.LoadDecoder(_folder.Path, ManagedBackend.Shared);
            native = Storage.AllocatedBytes - native;
            decoder.Weights.Dispose();
            loads = true;
        }
        catch (CheckpointException e)
        {
            e.Message.ShouldContain(_folder.Path);
            native = Storage.AllocatedBytes - native;
        }

        (GC.GetAllocatedBytesForCurrentThread() - before + Math.Max(0, native)).ShouldBeLessThan((4 * files) + (64L << 20));
        return loads;
    }

    private byte[] Copy(string family)
    {
        foreach (string path in Directory.GetFiles(GoldenFiles.Model(family), "model*"))
        {
            File.Copy(path, _folder.File(Path.GetFileName(path)));
        }

        return File.ReadAllBytes(GoldenFiles.Model(family, "config.json"));
    }
}
