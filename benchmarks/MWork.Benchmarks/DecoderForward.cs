using MWork.Probes.Models;
using MWork.Probes.Randomness;
using MWork.Probes.Tensors;
using MWork.Probes.Tensors.Managed;

namespace MWork.Benchmarks;

/// <summary>A Llama-shaped forward pass with the sizes of <c>pytorch_peer.py</c>: logits of every position of a batch.</summary>
internal sealed class DecoderForward
{
    private const int Batch = 4;
    private const int Tokens = 128;

    private static readonly ModelConfig s_config = new()
    {
        Family = "llama",
        VocabularySize = 4096,
        HiddenSize = 512,
        IntermediateSize = 1376,
        Layers = 8,
        Heads = 8,
        KeyValueHeads = 8,
        HeadSize = 64,
        Rotary = new Rotary(10000),
        AttentionScale = 1 / 8f,
    };

    private readonly TokenBatch _batch;
    private readonly Dictionary<int, (ManagedBackend Ops, Decoder Decoder)> _byThreads = [];

    public DecoderForward()
    {
        var random = new CounterRandom(1, "decoder benchmark");
        _batch = TokenBatch.Of([.. Enumerable.Range(0, Batch).Select(_ => Enumerable.Range(0, Tokens).Select(_ => random.NextInt(4096)).ToArray())]);
    }

    /// <summary>Matrix products only: projections, attention over the whole square (as both sides compute it), unembedding.</summary>
    public static double FloatingPointOperations => 2.0 * Batch * Tokens * ((8 * ((4 * 512 * 512) + (3 * 512 * 1376) + (2 * Tokens * 512))) + (512 * 4096));

    public void Run(int threads)
    {
        if (!_byThreads.TryGetValue(threads, out (ManagedBackend Ops, Decoder Decoder) side))
        {
            var ops = new ManagedBackend(threads);
            side = _byThreads[threads] = (ops, new Decoder(s_config, Initialization.Random(ops, s_config, 1)));
        }

        using var scope = new TensorScope();
        side.Decoder.Forward(side.Ops, _batch);
    }
}
