using MWork.Probes.Models;
using MWork.Probes.Models.Checkpoints;
using MWork.Probes.Tensors;
using MWork.Probes.Tensors.Managed;
using MWork.Regression.Checkpoints;
using MWork.Regression.Golden;
using MWork.Testing;
using Shouldly;

namespace MWork.Regression.Models;

/// <summary>Weights kept as the file has them, or widened while loading: not a bit of a result depends on it.</summary>
public sealed class WeightPrecisionTests : IDisposable
{
    private static readonly ManagedBackend s_ops = new(2);
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Checkpoints => ModelParityTests.Names;

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Checkpoints))]
    public void Golden_checkpoints_give_the_same_bits(string checkpoint) => Compare(Repository.Fixture("golden", "models", checkpoint));

    // Heads have 16 columns, so that widths are multiples of it.
    [Theory]
    [InlineData(48, 70, 3, 131, SafetensorsDtype.BF16)]
    [InlineData(48, 70, 3, 131, SafetensorsDtype.F16)]
    [InlineData(272, 300, 2, 517, SafetensorsDtype.F16, SafetensorsDtype.BF16, SafetensorsDtype.F32)]
    public void Checkpoints_of_16_bits_give_the_same_bits(int width, int neurons, int layers, int vocabulary, params SafetensorsDtype[] dtypes)
    {
        new SyntheticLlama(width, neurons, layers, vocabulary).Write(_folder.Path, dtypes);
        Compare(_folder.Path);
        (Decoder stored, _) = ModelDirectory.LoadDecoder(_folder.Path, s_ops, precision: WeightPrecision.Stored);
        stored.Weights.All.Select(weight => weight.Value).OfType<HalfTensor>().Select(half => (int)half.Type).Distinct().Count()
            .ShouldBe(dtypes.Count(dtype => dtype != SafetensorsDtype.F32));
        stored.Weights.Dispose();
    }

    private static void Compare(string directory)
    {
        (float[][] wide, string wideHash) = Results(directory, WeightPrecision.Float32);
        (float[][] stored, string storedHash) = Results(directory, WeightPrecision.Stored);
        storedHash.ShouldBe(wideHash);
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i].ShouldAllBe(value => float.IsFinite(value));
            stored[i].AsSpan().SequenceEqual(wide[i]).ShouldBeTrue($"result {i}");
        }
    }

    /// <summary>Logits of a ragged batch and of one more token through the cache, and the gradient by the first norm.</summary>
    private static (float[][] Results, string Hash) Results(string directory, WeightPrecision precision)
    {
        (Decoder decoder, string hash) = ModelDirectory.LoadDecoder(directory, s_ops, precision: precision);
        using var scope = new TensorScope();
        using var cache = new KeyValueCache(s_ops, decoder.Config, 2, 8);
        Tensor batch = decoder.Forward(s_ops, TokenBatch.Of([[3, 1, 4, 1, 5], [9, 2, 6]]), cache: cache).Logits;
        Tensor next = decoder.Forward(s_ops, TokenBatch.Of([[5], [3]]), cache: cache).Logits;
        Tensor single = decoder.Forward(s_ops, TokenBatch.Of([[7]])).Logits;
        var tape = new Tape(s_ops);
        Tensor norm = decoder.Weights["blocks.0.attention.norm.weight"];
        tape.Watch(norm);
        tape.Backward(tape.Sum(decoder.Forward(tape, TokenBatch.Of([[3, 1, 4]])).Logits));
        float[][] results = [batch.ToArray(), next.ToArray(), single.ToArray(), tape.Gradient(norm).ToArray()];
        decoder.Weights.Dispose();
        return (results, hash);
    }
}
