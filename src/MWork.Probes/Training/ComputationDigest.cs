using System.Globalization;
using MWork.Probes.Models;
using MWork.Probes.Randomness;
using MWork.Probes.Tensors;

namespace MWork.Probes.Training;

/// <summary>
/// One hash over everything that decides a result: random numbers, transcendentals, every operation of a backend, and a forward pass,
/// backward passes and training steps of a small Llama. Machines that print the same digest give the same bits; where they differ,
/// the parts say what differs.
/// </summary>
/// <remarks>
/// It depends on no file, so that it changes only with the arithmetic. About 0.1 GFLOP: where fused multiply-add is emulated it costs
/// some hundred times as much, and the digest must still be cheap.
/// </remarks>
public sealed partial class ComputationDigest
{
    private const ulong Seed = 20240711;
    private const int Steps = 3;
    private const int Rows = 3;
    private const int Longest = 20;

    // Odd sizes, so that every kernel meets its edges; grouped heads, so that their path is in it.
    private static readonly ModelConfig s_config = new()
    {
        Family = "llama",
        VocabularySize = 97,
        HiddenSize = 48,
        IntermediateSize = 83,
        Layers = 2,
        Heads = 4,
        KeyValueHeads = 2,
        HeadSize = 12,
        MaxPositions = 64,
        Norm = new Norm(NormKind.Rms, 1e-5f),
        Rotary = new Rotary(10000),
        AttentionScale = 0.28867513f,
    };

    private readonly ITensorOps _ops;

    private ComputationDigest(ITensorOps ops)
    {
        _ops = ops;
        Parts =
        [
            Part("random", AddRandom),
            Part("transcendentals", AddTranscendentals),
            Part("operations", AddOperations),
            Part("model", AddModel),
        ];
        Total = Part("total", hash =>
        {
            foreach ((_, string part) in Parts)
            {
                hash.Add(part);
            }
        }).Hash;
    }

    /// <summary>The digest: 64 hexadecimal digits.</summary>
    public string Total { get; }

    /// <summary>Name and hash of each part, in the order in which <see cref="Total"/> covers them.</summary>
    public IReadOnlyList<(string Name, string Hash)> Parts { get; }

    /// <summary>Computes the digest on a backend.</summary>
    public static ComputationDigest Compute(ITensorOps ops)
    {
        ArgumentNullException.ThrowIfNull(ops);
        return new ComputationDigest(ops);
    }

    /// <summary>The parts that a recorded digest has otherwise: lines of name and hash, and comments after <c>#</c>.</summary>
    /// <exception cref="InvalidDataException">The file is missing or is not such a record.</exception>
    public IReadOnlyList<string> DifferencesFrom(string path)
    {
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"{path}: there is no such file; fixtures/golden/digest.txt is the repository's.");
        }

        Dictionary<string, string> recorded = new(StringComparer.Ordinal);
        foreach (string line in File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#'))
        {
            if (line.Split(' ') is not [var name, { Length: 64 } hash] || !recorded.TryAdd(name, hash))
            {
                throw new InvalidDataException($"{path}: '{line}' is not a name and a hash that were not there yet; write a line per part as in fixtures/golden/digest.txt.");
            }
        }

        return [.. Parts.Append(("total", Total))
            .Where(part => recorded.GetValueOrDefault(part.Item1) != part.Item2)
            .Select(part => part.Item1)];
    }

    private static (string Name, string Hash) Part(string name, Action<BitHash> add)
    {
        using var hash = new BitHash();
        using var scope = new TensorScope();
        add(hash);
        return (name, hash.Finish());
    }

    private static void AddRandom(BitHash hash)
    {
        const int Count = 2000;
        var random = new CounterRandom(Seed, "digest");
        CounterRandom fork = random.Fork("fork").Fork(3);
        for (int i = 0; i < Count; i++)
        {
            hash.Add(random.NextGaussian());
            hash.Add(random.NextDouble());
            hash.Add(random.NextInt(i + 1));
            hash.Add(fork.NextUInt64());
        }

        hash.Add(random.Sample(Count, Count / 2));
    }

    private static void AddTranscendentals(BitHash hash)
    {
        const int Count = 2000;
        var random = new CounterRandom(Seed, "transcendentals");
        double[] special =
            [0, -0.0, 1, -1, double.Epsilon, double.MaxValue, double.PositiveInfinity, double.NegativeInfinity, double.NaN];
        foreach (double x in Enumerable.Range(0, Count).Select(_ => 10 * random.NextGaussian()).Concat(special))
        {
            hash.Add(Transcendentals.Exp(x));
            hash.Add(Transcendentals.Log(Math.Abs(x)));
            hash.Add(Transcendentals.Pow(Math.Abs(x), x / 3));
            hash.Add(Transcendentals.Tanh(x));
            if (double.IsFinite(x))
            {
                // Beyond the quadrants that 64 bits count, a sine means nothing.
                double angle = Math.IEEERemainder(x, 1e9);
                hash.Add(Transcendentals.Sin(angle));
                hash.Add(Transcendentals.Cos(angle));
            }
        }
    }

    private void AddModel(BitHash hash)
    {
        using Weights weights = Initialization.Random(_ops, s_config, Seed);
        var decoder = new Decoder(s_config, weights);
        using var optimizer = new AdamW(_ops, weights, new AdamWOptions(WeightDecay: 0.1f));
        var trainer = new Trainer(_ops, decoder, optimizer, new CosineSchedule(Peak: 3e-3f, Steps, WarmUp: 1));
        hash.Add(decoder.Forward(_ops, Batch(0)).Logits);
        AddGradients(hash, decoder);
        for (int step = 0; step < Steps; step++)
        {
            TrainingStep result = trainer.Step(step, Batch(step));
            hash.Add(result.Loss);
            hash.Add(result.GradientNorm);
        }

        foreach ((string name, Tensor weight) in weights.All)
        {
            hash.Add(name);
            hash.Add(weight);
        }
    }

    private void AddGradients(BitHash hash, Decoder decoder)
    {
        using var scope = new TensorScope();
        var tape = new Tape(_ops);
        foreach ((_, Tensor weight) in decoder.Weights.All)
        {
            tape.Watch(weight);
        }

        TokenBatch batch = Batch(0);
        Tensor logits = decoder.Forward(tape, batch).Logits;
        tape.Backward(tape.CrossEntropy(tape.Reshape(logits, batch.Ids.Length, s_config.VocabularySize), batch.NextTokens()));
        foreach ((_, Tensor weight) in decoder.Weights.All)
        {
            hash.Add(tape.Gradient(weight));
        }
    }

    // Random ids in rows of different lengths.
    private static TokenBatch Batch(int step)
    {
        var random = new CounterRandom(Seed, string.Create(CultureInfo.InvariantCulture, $"batch {step}"));
        return TokenBatch.Of([.. Enumerable.Range(0, Rows).Select(row =>
            Enumerable.Range(0, Longest - row).Select(_ => random.NextInt(s_config.VocabularySize)).ToArray())]);
    }
}
