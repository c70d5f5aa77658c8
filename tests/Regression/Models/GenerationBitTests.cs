using System.Runtime.InteropServices;
using FsCheck.Xunit;
using MWork.Probes.Interventions;
using MWork.Probes.Models;
using MWork.Probes.Models.Generation;
using MWork.Probes.Randomness;
using MWork.Probes.Tensors;
using MWork.Probes.Tensors.Managed;
using Shouldly;

namespace MWork.Regression.Models;

/// <summary>
/// A prompt's continuation and every logit that led to it have the same bits with and without the cache, alone and in any
/// batch, in any order, greedy and sampled, also while neurons are switched off: on random small models of every family.
/// </summary>
public sealed class GenerationBitTests
{
    private const int Models = 12;

    private readonly ManagedBackend _ops = ManagedBackend.Shared;

    [Property(MaxTest = Models, StartSize = 10_000, EndSize = 10_000)]
    public void Bloom(ulong seed) => Holds("bloom", seed);

    [Property(MaxTest = Models, StartSize = 10_000, EndSize = 10_000)]
    public void Gemma2(ulong seed) => Holds("gemma2", seed);

    [Property(MaxTest = Models, StartSize = 10_000, EndSize = 10_000)]
    public void Llama(ulong seed) => Holds("llama-mha", seed);

    [Property(MaxTest = Models, StartSize = 10_000, EndSize = 10_000)]
    public void Llama_3(ulong seed) => Holds("llama3-gqa-ropescaled", seed);

    [Property(MaxTest = Models, StartSize = 10_000, EndSize = 10_000)]
    public void Mistral_with_a_window(ulong seed) => Holds("mistral-swa", seed);

    [Property(MaxTest = Models, StartSize = 10_000, EndSize = 10_000)]
    public void Qwen2(ulong seed) => Holds("qwen2", seed);

    [Property(MaxTest = Models, StartSize = 10_000, EndSize = 10_000)]
    public void Qwen3(ulong seed) => Holds("qwen3", seed);

    private void Holds(string family, ulong seed)
    {
        var random = new CounterRandom(seed, family);
        Decoder decoder = TinyFamilies.Create(family, random);
        using Weights weights = decoder.Weights;
        int[][] prompts = Prompts(decoder.Config.VocabularySize, random.Fork("prompts"));
        GenerationOptions options = Options(decoder.Config, random.Fork("options"));

        // The yardstick: every prompt on its own, reading the whole text at every step.
        Dictionary<int, Trace> alone = [];
        for (int i = 0; i < prompts.Length; i++)
        {
            alone[i] = Run(decoder, [prompts[i]], options with { UseCache = false })[0];
            SameAsOnePass(decoder, options, alone[i]);
        }

        int[] order = [.. Enumerable.Range(0, prompts.Length)];
        int[] shuffled = [.. order];
        random.Fork("order").Shuffle<int>(shuffled);
        foreach ((int[] rows, GenerationOptions how) in (IEnumerable<(int[], GenerationOptions)>)
        [
            (order, options with { BatchRows = 1 }),
            (order, options),
            (order, options with { UseCache = false }),
            (shuffled, options),
            (shuffled, options with { BatchRows = 1 + random.NextInt(prompts.Length) }),
        ])
        {
            Dictionary<int, Trace> together = Run(decoder, [.. rows.Select(row => prompts[row])], how);
            for (int i = 0; i < rows.Length; i++)
            {
                together[i].ShouldBe(alone[rows[i]], $"{decoder.Config}, prompt {rows[i]} as row {i} under {how}");
            }
        }
    }

    private static int[][] Prompts(int vocabulary, CounterRandom random) => [.. Enumerable.Range(0, 1 + random.NextInt(6))
        .Select(_ => Enumerable.Range(0, 1 + random.NextInt(20)).Select(_ => random.NextInt(vocabulary)).ToArray())];

    private static GenerationOptions Options(ModelConfig config, CounterRandom random)
    {
        var options = new GenerationOptions
        {
            MaxNewTokens = 1 + random.NextInt(10),
            StopTokens = random.Sample(config.VocabularySize, 2),
            Sampling = random.NextBool(0.5) ? null : new Sampling
            {
                Temperature = 0.3 + (2 * random.NextDouble()),
                TopK = random.NextBool(0.5) ? null : 1 + random.NextInt(10),
                TopP = random.NextBool(0.5) ? 1 : 0.2 + (0.8 * random.NextDouble()),
                Seed = random.NextUInt64(),
            },
        };
        int[] off = random.Sample(config.IntermediateSize, config.IntermediateSize / 3);
        int[] queries = random.Sample(config.Heads * config.HeadSize, 1);
        return random.NextBool(0.5)
            ? options
            : options.Under(SitePlan.None
                .Zero(Sites.FfnActivation(0), off)
                .Zero(Sites.Query(config.Layers - 1), queries)
                .Record(Sites.Probs(0)));
    }

    private Dictionary<int, Trace> Run(Decoder decoder, int[][] prompts, GenerationOptions options)
    {
        var logits = prompts.Select(_ => new List<float[]>()).ToArray();
        IReadOnlyList<Continuation> given = Generator.Generate(decoder, _ops, prompts, options with
        {
            Observe = (pass, forward) =>
            {
                float[][] rows = [.. forward.Logits.ToArray().Chunk(decoder.Config.VocabularySize)];
                for (int row = 0; row < rows.Length; row++)
                {
                    logits[pass.Prompts[row]].Add(rows[row]);
                }
            },
        });
        return Enumerable.Range(0, prompts.Length).ToDictionary(i => i, i => Trace.Of(given[i], logits[i]));
    }

    // Generating and reading what was generated are the same computation.
    private void SameAsOnePass(Decoder decoder, GenerationOptions options, Trace trace)
    {
        using var scope = new TensorScope();
        int[] text = [.. trace.Prompt, .. trace.Ids[..^1]];
        var batch = TokenBatch.Of([text]);
        SitePlan? plan = options.Plan?.Invoke(new GenerationPass(0, [0], [trace.Prompt.Length], [0], batch));
        float[] logits = decoder.Forward(_ops, batch, plan).Logits.ToArray();
        Bits(logits[((trace.Prompt.Length - 1) * decoder.Config.VocabularySize)..]).ShouldBe(trace.Bits);
    }

    private static int[] Bits(float[] values) => MemoryMarshal.Cast<float, int>(values).ToArray();

    private sealed record Trace(int[] Prompt, int[] Ids, EndReason Ended, int[] Bits)
    {
        public static Trace Of(Continuation given, List<float[]> logits) =>
            new([.. given.Prompt], [.. given.Ids], given.Ended, GenerationBitTests.Bits([.. logits.SelectMany(row => row)]));

        public void ShouldBe(Trace other, string message)
        {
            Ids.ShouldBe(other.Ids, message);
            Ended.ShouldBe(other.Ended, message);
            Bits.SequenceEqual(other.Bits).ShouldBeTrue(message);
        }
    }
}
