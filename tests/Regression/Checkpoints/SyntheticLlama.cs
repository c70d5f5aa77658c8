using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using MWork.Probes.Models;
using MWork.Probes.Models.Checkpoints;
using MWork.Probes.Models.Families;
using MWork.Probes.Randomness;

namespace MWork.Regression.Checkpoints;

/// <summary>Random Llamas as large ones are released: in shards, with an index, in any element type.</summary>
internal sealed record SyntheticLlama(int Width, int Neurons, int Layers, int Vocabulary)
{
    private const int HeadSize = 16;

    private ModelConfig Config => new()
    {
        Family = "llama",
        VocabularySize = Vocabulary,
        HiddenSize = Width,
        IntermediateSize = Neurons,
        Layers = Layers,
        Heads = Width / HeadSize,
        KeyValueHeads = Width / HeadSize,
        HeadSize = HeadSize,
        AttentionScale = 0.25f,
    };

    /// <summary>Single weights.</summary>
    public long Count => WeightNames.Of(Config).Sum(weight => Elements(weight.Shape));

    /// <summary>Writes <c>config.json</c>, the index, and a shard for each of <paramref name="dtypes"/>, whose weights are of that type.</summary>
    /// <returns>Bytes of all weights as stored.</returns>
    public long Write(string directory, params SafetensorsDtype[] dtypes)
    {
        File.WriteAllText(Path.Combine(directory, "config.json"), JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["model_type"] = "llama",
            ["hidden_size"] = Width,
            ["intermediate_size"] = Neurons,
            ["num_hidden_layers"] = Layers,
            ["num_attention_heads"] = Width / HeadSize,
            ["vocab_size"] = Vocabulary,
        }));
        (string Name, long Elements, string Shape)[] weights = [.. WeightNames.Of(Config)
            .Select(weight => (LlamaNames.Of(weight.Name), Elements(weight.Shape), $"[{string.Join(',', weight.Shape)}]"))];
        var map = new Dictionary<string, string>();
        long total = 0;
        for (int shard = 0; shard < dtypes.Length; shard++)
        {
            string file = $"model-{shard + 1}.safetensors";
            (string Name, long Elements, string Shape)[] own = [.. weights.Where((_, i) => i % dtypes.Length == shard)];
            total += WriteShard(Path.Combine(directory, file), dtypes[shard], own);
            Array.ForEach(own, weight => map.Add(weight.Name, file));
        }

        File.WriteAllText(
            Path.Combine(directory, "model.safetensors.index.json"),
            JsonSerializer.Serialize(new Dictionary<string, object> { ["weight_map"] = map }));
        return total;
    }

    private static long Elements(int[] shape) => shape.Aggregate(1L, (product, size) => product * size);

    private static long WriteShard(string path, SafetensorsDtype dtype, (string Name, long Elements, string Shape)[] weights)
    {
        var entries = new List<string>();
        long end = 0;
        foreach ((string name, long elements, string shape) in weights)
        {
            long begin = end;
            end += elements * dtype.Size();
            entries.Add(SafetensorsBytes.Entry(
                name, dtype.Name(), shape, string.Create(CultureInfo.InvariantCulture, $"[{begin},{end}]")));
        }

        byte[] header = Encoding.UTF8.GetBytes($"{{{string.Join(',', entries)}}}");
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        using FileStream stream = File.Create(path);
        stream.Write(length);
        stream.Write(header);
        byte[] block = Block(dtype, new CounterRandom(1, path.Length.ToString(CultureInfo.InvariantCulture)));
        for (long written = 0; written < end; written += block.Length)
        {
            stream.Write(block.AsSpan(0, (int)Math.Min(block.Length, end - written)));
        }

        return end;
    }

    // Drawn once and repeated, or drawing would take longer than all else; of a length that no row has.
    private static byte[] Block(SafetensorsDtype dtype, CounterRandom random)
    {
        float[] values = [.. Enumerable.Range(0, 100_003).Select(_ => (float)(random.NextGaussian() * 0.05))];
        return dtype switch
        {
            SafetensorsDtype.F32 => MemoryMarshal.AsBytes<float>(values).ToArray(),
            SafetensorsDtype.F16 => MemoryMarshal.AsBytes<Half>(values.Select(value => (Half)value).ToArray()).ToArray(),
            _ => MemoryMarshal.AsBytes<ushort>(values.Select(v => (ushort)(BitConverter.SingleToUInt32Bits(v) >> 16)).ToArray()).ToArray(),
        };
    }
}
