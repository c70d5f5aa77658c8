using MWork.Probes.Randomness;
using MWork.Probes.Tensors;

namespace MWork.Regression.Conformance;

/// <summary>One member of the op list at work on random inputs.</summary>
/// <param name="Covers">The member's name.</param>
/// <param name="Shapes">Draws the inputs' shapes.</param>
/// <param name="Run">Given the same random numbers on every backend.</param>
/// <param name="HasGradient">Whether a tape runs it backwards.</param>
internal sealed record Operation(
    string Covers, Func<CounterRandom, int[][]> Shapes, Func<ITensorOps, Tensor[], CounterRandom, Tensor> Run, bool HasGradient = true)
{
    private const float Eps = 1e-3f;

    /// <summary>By name; several may cover one member.</summary>
    public static IReadOnlyDictionary<string, Operation> All { get; } = Catalogue().ToDictionary(pair => pair.Name, pair => pair.Operation);

    private static IEnumerable<(string Name, Operation Operation)> Catalogue()
    {
        yield return ("Full", new("Full", Matrix, (o, x, _) => o.Add(x[0], o.Full(0.7f, x[0].Shape))));
        yield return ("Reshape", new("Reshape", _ => [[2, 3, 4]], (o, x, _) => o.Reshape(o.Mul(x[0], x[0]), 4, 6)));
        yield return ("Reshape of a transposed tensor", new("Reshape", r => [[.. Sizes(r, 3)]], (o, x, _) => o.Reshape(o.Transpose(x[0], 0, 2), x[0].Count)));
        yield return ("Transpose", new("Transpose", r => [[.. Sizes(r, 4)]], (o, x, r) => o.Transpose(x[0], r.NextInt(4), -1 - r.NextInt(4))));
        yield return ("Narrow", new("Narrow", r => [[3, 5 + r.NextInt(30)]], (o, x, r) => o.Narrow(x[0], 1, r.NextInt(3), 2)));
        yield return ("Cat", new("Cat", r => [[2, 1 + r.NextInt(9), 3], [2, 4, 3]], (o, x, _) => o.Cat([x[0], x[1], x[0]], -2)));
        yield return ("IndexSelect", new("IndexSelect", Matrix, (o, x, r) => o.IndexSelect(x[0], 1, Indices(r, 7, x[0].Size(1)))));
        yield return ("IndexAdd", new("IndexAdd", r => [[4, 9, 2]], (o, x, r) => o.IndexAdd(5, 1, Indices(r, 9, 5), x[0])));
        yield return ("RepeatInterleave", new("RepeatInterleave", r => [[.. Sizes(r, 3)]], (o, x, _) => o.RepeatInterleave(x[0], 3, 1)));
        yield return ("Add", new("Add", Broadcast, (o, x, _) => o.Add(x[0], x[1])));
        yield return ("Sub", new("Sub", Broadcast, (o, x, _) => o.Sub(x[0], x[1])));
        yield return ("Mul", new("Mul", Broadcast, (o, x, _) => o.Mul(x[0], x[1])));
        yield return ("Div", new("Div", Broadcast, (o, x, _) => o.Div(x[0], o.Add(o.Mul(x[1], x[1]), 0.5f))));
        yield return ("Scalars", new("Add", Matrix, (o, x, _) => o.Mul(o.Add(x[0], 0.7f), -1.3f)));
        yield return ("Exp", new("Exp", Matrix, (o, x, _) => o.Exp(x[0])));
        yield return ("Log", new("Log", Matrix, (o, x, _) => o.Log(Positive(o, x[0]))));
        yield return ("Sqrt", new("Sqrt", Matrix, (o, x, _) => o.Sqrt(Positive(o, x[0]))));
        yield return ("Abs", new("Abs", Matrix, (o, x, _) => o.Abs(x[0])));
        yield return ("Tanh", new("Tanh", Matrix, (o, x, _) => o.Tanh(x[0])));
        yield return ("Gt", new("Gt", Matrix, (o, x, _) => o.Mul(o.Gt(x[0], 0.2f), x[0])));
        yield return ("Silu", new("Silu", Matrix, (o, x, _) => o.Silu(x[0])));
        yield return ("Gelu", new("Gelu", Matrix, (o, x, _) => o.Gelu(x[0], tanh: false)));
        yield return ("Gelu by tanh", new("Gelu", Matrix, (o, x, _) => o.Gelu(x[0], tanh: true)));
        yield return ("SiluBackward", new("SiluBackward", Twice, (o, x, _) => o.SiluBackward(x[0], x[1]), HasGradient: false));
        yield return ("GeluBackward", new("GeluBackward", Twice, (o, x, _) => o.GeluBackward(x[0], x[1], tanh: false), HasGradient: false));
        yield return ("GeluBackward by tanh", new("GeluBackward", Twice, (o, x, _) => o.GeluBackward(x[0], x[1], tanh: true), HasGradient: false));
        yield return ("Sum", new("Sum", r => [[.. Sizes(r, 3)]], (o, x, r) => o.Sum(x[0], r.NextInt(3) - 3, r.NextBool(0.5))));
        yield return ("Sum of all", new("Sum", Matrix, (o, x, _) => o.Sum(x[0])));
        yield return ("Amax", new("Amax", Matrix, (o, x, _) => o.Amax(x[0]), HasGradient: false));
        yield return ("Softmax", new("Softmax", Matrix, (o, x, _) => o.Softmax(x[0])));
        yield return ("LogSoftmax", new("LogSoftmax", Matrix, (o, x, _) => o.LogSoftmax(x[0])));
        yield return ("SoftmaxBackward", new("SoftmaxBackward", Twice, (o, x, _) => o.SoftmaxBackward(x[0], o.Softmax(x[1])), HasGradient: false));
        yield return ("LogSoftmaxBackward", new("LogSoftmaxBackward", Twice, (o, x, _) => o.LogSoftmaxBackward(x[0], o.LogSoftmax(x[1])), HasGradient: false));
        yield return ("Argmax, ties to the first", new("Argmax", Matrix, (o, x, _) => Numbers(o, o.Argmax(Tied(o, x[0]))), HasGradient: false));
        yield return ("TopK, ties to the first", new("TopK", r => [[5, 9 + r.NextInt(60)]], (o, x, _) => Numbers(o, o.TopK(Tied(o, x[0]), 6)), HasGradient: false));
        foreach ((bool a, bool b) in new[] { (false, false), (true, false), (false, true), (true, true) })
        {
            yield return ($"MatMul, transposed {a}, {b}", new("MatMul", r => Factors(r, a, b), (o, x, _) => o.MatMul(x[0], x[1], a, b)));
        }

        yield return ("MatMul with a shared right side", new("MatMul", _ => [[2, 3, 5, 4], [4, 7]], (o, x, _) => o.MatMul(x[0], x[1])));
        yield return ("Linear", new("Linear", r => [[2, 3, 17], [1 + r.NextInt(40), 17]], (o, x, _) => o.Linear(x[0], x[1])));
        yield return ("Linear with bias", new("Linear", _ => [[2, 3, 17], [6, 17], [6]], (o, x, _) => o.Linear(x[0], x[1], x[2])));
        yield return ("Embedding", new("Embedding", r => [[6, 1 + r.NextInt(40)]], (o, x, r) => o.Embedding(x[0], Indices(r, 12, 6), 3, 4)));
        yield return ("EmbeddingBackward", new("EmbeddingBackward", _ => [[3, 4, 5]], (o, x, r) => o.EmbeddingBackward(x[0], Indices(r, 12, 6), 6), HasGradient: false));
        yield return ("RmsNorm", new("RmsNorm", Normed, (o, x, r) => o.RmsNorm(x[0], x[1], Eps, r.NextInt(2))));
        yield return ("RmsNormBackward, x", new("RmsNormBackward", NormedTwice, (o, x, _) => o.RmsNormBackward(x[0], x[1], x[2], Eps, 1).X, HasGradient: false));
        yield return ("RmsNormBackward, weight", new("RmsNormBackward", NormedTwice, (o, x, _) => o.RmsNormBackward(x[0], x[1], x[2], Eps).Weight, HasGradient: false));
        yield return ("LayerNorm", new("LayerNorm", r => [[.. Sizes(r, 2), 9], [9], [9]], (o, x, _) => o.LayerNorm(x[0], x[1], x[2], Eps)));
        yield return ("LayerNorm without bias", new("LayerNorm", Normed, (o, x, _) => o.LayerNorm(x[0], x[1], null, Eps)));
        yield return ("LayerNormBackward, x", new("LayerNormBackward", NormedTwice, (o, x, _) => o.LayerNormBackward(x[0], x[1], x[2], Eps).X, HasGradient: false));
        yield return ("LayerNormBackward, weight", new("LayerNormBackward", NormedTwice, (o, x, _) => o.LayerNormBackward(x[0], x[1], x[2], Eps).Weight, HasGradient: false));
        yield return ("LayerNormBackward, bias", new("LayerNormBackward", NormedTwice, (o, x, _) => o.LayerNormBackward(x[0], x[1], x[2], Eps).Bias, HasGradient: false));
        yield return ("RotaryEmbedding", new("RotaryEmbedding", _ => [[2, 3, 5, 8]], (o, x, r) => o.RotaryEmbedding(x[0], Angles(o, r), Angles(o, r))));
        yield return ("ScaledDotProductAttention", new("ScaledDotProductAttention", Heads, (o, x, _) => o.ScaledDotProductAttention(x[0], x[1], x[2], null, 0.4f)));
        yield return ("ScaledDotProductAttention, masked", new("ScaledDotProductAttention", Heads, (o, x, r) => o.ScaledDotProductAttention(x[0], x[1], x[2], Causal(o, x[0], x[1]), 0.4f)));
        yield return ("CrossEntropy", new("CrossEntropy", r => [[8, 2 + r.NextInt(30)]], (o, x, r) => o.CrossEntropy(x[0], Targets(r, x[0]))));
        yield return ("CrossEntropyBackward", new("CrossEntropyBackward", r => [[8, 2 + r.NextInt(30)]], (o, x, r) => o.CrossEntropyBackward(o.Full(1.7f), x[0], Targets(r, x[0])), HasGradient: false));
        yield return ("CopyInplace of all rows", new("CopyInplace", _ => [[3, 2, 6, 4], [3, 2, 2, 4]], (o, x, r) => InPlace(o, x[0], to => o.CopyInplace(to, -1, 2, r.NextInt(4), x[1])), HasGradient: false));
        yield return ("CopyInplace of a row", new("CopyInplace", _ => [[3, 2, 6, 4], [2, 2, 4]], (o, x, r) => InPlace(o, x[0], to => o.CopyInplace(to, 2, 2, r.NextInt(4), x[1])), HasGradient: false));
        yield return ("AddInplace", new("AddInplace", Twice, (o, x, _) => InPlace(o, x[0], to => o.AddInplace(to, x[1])), HasGradient: false));
        yield return ("AdamWInplace", new("AdamWInplace", Twice, AdamW, HasGradient: false));
    }

    private static int[] Sizes(CounterRandom random, int rank) => [.. Enumerable.Range(0, rank).Select(_ => 1 + random.NextInt(9))];

    private static int[][] Matrix(CounterRandom random) => [[1 + random.NextInt(9), 1 + random.NextInt(70)]];

    private static int[][] Twice(CounterRandom random) => Matrix(random) is [var shape] ? [shape, shape] : [];

    private static int[][] Normed(CounterRandom random) => [[.. Sizes(random, 2), 33], [33]];

    private static int[][] NormedTwice(CounterRandom random) => Normed(random) is [var x, var weight] ? [x, x, weight] : [];

    private static int[][] Factors(CounterRandom random, bool a, bool b)
    {
        int[] n = Sizes(random, 4);
        return [a ? [n[0], n[2], n[1]] : [n[0], n[1], n[2]], b ? [n[0], n[3], n[2]] : [n[0], n[2], n[3]]];
    }

    private static int[][] Heads(CounterRandom random)
    {
        int keys = 1 + random.NextInt(6);
        return [[2, 4, 3, 8], [2, 2, keys, 8], [2, 2, keys, 8]];
    }

    // The whole shape, its last dimensions, or ones in place of some.
    private static int[][] Broadcast(CounterRandom random)
    {
        int[] a = Sizes(random, 3);
        int[] b = [.. a.Select(size => random.NextBool(0.5) ? size : 1)];
        return [a, b[random.NextInt(3)..]];
    }

    private static Tensor Positive(ITensorOps ops, Tensor x) => ops.Add(ops.Mul(x, x), 0.3f);

    // Small whole numbers, so that many are equal.
    private static Tensor Tied(ITensorOps ops, Tensor x) => ops.Add(ops.Gt(x, 0), ops.Gt(x, 0.6f));

    private static Tensor Numbers(ITensorOps ops, int[] values) => ops.FromArray(Array.ConvertAll(values, value => (float)value), values.Length);

    private static int[] Indices(CounterRandom random, int count, int size) => [.. Enumerable.Range(0, count).Select(_ => random.NextInt(size))];

    private static int[] Targets(CounterRandom random, Tensor logits) => [0, .. Indices(random, logits.Size(0) - 1, logits.Size(1) + 1).Select(id => id - 1)];

    private static Tensor Angles(ITensorOps ops, CounterRandom random) =>
        ops.FromArray([.. Enumerable.Range(0, 2 * 5 * 4).Select(_ => (float)random.NextGaussian())], 2, 5, 4);

    private static Tensor Causal(ITensorOps ops, Tensor q, Tensor k)
    {
        int keys = k.Size(2);
        float[] row = [.. Enumerable.Range(0, q.Size(2) * keys).Select(i => i % keys > i / keys ? -1e30f : 0)];
        return ops.FromArray([.. row, .. row], 2, 1, q.Size(2), keys);
    }

    private static Tensor InPlace(ITensorOps ops, Tensor x, Action<Tensor> write)
    {
        Tensor own = ops.FromArray(x.ToArray(), x.Shape);
        write(own);
        return own;
    }

    private static Tensor AdamW(ITensorOps ops, Tensor[] x, CounterRandom random) => InPlace(ops, x[0], parameter =>
    {
        Tensor mean = ops.Full(0, parameter.Shape);
        Tensor variance = ops.Full(0, parameter.Shape);
        for (int step = 1; step <= 3; step++)
        {
            ops.AdamWInplace(parameter, x[1], mean, variance, new AdamWStep(step, 0.01f, 0.1f, GradScale: 0.7f));
        }
    });
}
