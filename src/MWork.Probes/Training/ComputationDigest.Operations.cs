using MWork.Probes.Randomness;
using MWork.Probes.Tensors;

namespace MWork.Probes.Training;

public sealed partial class ComputationDigest
{
    // Large enough that a backend shares the work out between threads, odd so that vectors have a rest.
    private const int Height = 301;
    private const int Width = 131;

    private void AddOperations(BitHash hash)
    {
        Tensor x = Normal("x", Height, Width);
        Tensor y = Normal("y", Height, Width);
        Tensor row = Normal("row", Width);
        AddShapes(hash, x, y);
        AddElementwise(hash, x, y, row);
        AddElementwise(hash, Special(), Special(), Special());
        AddReductions(hash, x, y);
        AddProducts(hash, x, y);
        AddLayers(hash, x, y, row);
        AddAttention(hash);
        AddInplace(hash, x, y);
    }

    private void AddShapes(BitHash hash, Tensor x, Tensor y)
    {
        int[] indices = [5, 0, 300, 5, 17];
        hash.Add(_ops.Transpose(_ops.Reshape(x, 7, 43, 131), 0, 1));
        hash.Add(_ops.Narrow(x, 1, 3, 90));
        hash.Add(_ops.Cat([x, y], 1));
        hash.Add(_ops.IndexSelect(x, 0, indices));
        hash.Add(_ops.IndexAdd(301, 0, indices, _ops.Narrow(y, 0, 0, indices.Length)));
        hash.Add(_ops.RepeatInterleave(_ops.Narrow(x, 0, 0, 9), 2, 0));
    }

    private void AddElementwise(BitHash hash, Tensor x, Tensor y, Tensor row)
    {
        hash.Add(_ops.Add(x, y));
        hash.Add(_ops.Sub(x, row));
        hash.Add(_ops.Mul(x, row));
        hash.Add(_ops.Div(x, y));
        hash.Add(_ops.Add(x, 0.7f));
        hash.Add(_ops.Mul(x, 0.7f));
        hash.Add(_ops.Exp(x));
        hash.Add(_ops.Log(_ops.Abs(x)));
        hash.Add(_ops.Sqrt(_ops.Abs(x)));
        hash.Add(_ops.Tanh(x));
        hash.Add(_ops.Silu(x));
        hash.Add(_ops.SiluBackward(y, x));
        foreach (bool tanh in (ReadOnlySpan<bool>)[false, true])
        {
            hash.Add(_ops.Gelu(x, tanh));
            hash.Add(_ops.GeluBackward(y, x, tanh));
        }
    }

    private void AddReductions(BitHash hash, Tensor x, Tensor y)
    {
        Tensor softmax = _ops.Softmax(x);
        Tensor logarithm = _ops.LogSoftmax(x);
        hash.Add(_ops.Sum(x, 0));
        hash.Add(_ops.Sum(x, 1, keepDim: true));
        hash.Add(_ops.Sum(x));
        hash.Add(_ops.Amax(x));
        hash.Add(softmax);
        hash.Add(logarithm);
        hash.Add(_ops.SoftmaxBackward(y, softmax));
        hash.Add(_ops.LogSoftmaxBackward(y, logarithm));
        hash.Add(_ops.Argmax(x));
        hash.Add(_ops.TopK(x, 5));
    }

    private void AddProducts(BitHash hash, Tensor x, Tensor y)
    {
        // One sum longer than a block of depth, one product of a single row, and one that is batched.
        Tensor batch = _ops.Reshape(x, 7, 43, 131);
        hash.Add(_ops.MatMul(x, y, transposeA: true));
        hash.Add(_ops.MatMul(_ops.Narrow(x, 0, 0, 40), y, transposeB: true));
        hash.Add(_ops.MatMul(_ops.Narrow(x, 0, 0, 1), y, transposeB: true));
        hash.Add(_ops.MatMul(batch, batch, transposeB: true));
        hash.Add(_ops.Linear(batch, _ops.Narrow(y, 0, 0, 33), Normal("bias", 33)));
    }

    private void AddLayers(BitHash hash, Tensor x, Tensor y, Tensor weight)
    {
        const float Eps = 1e-5f;
        int[] ids = [.. Enumerable.Range(0, 60).Select(i => i * 7 % Height)];
        int[] targets = [.. Enumerable.Range(0, Height).Select(i => (i * 7 % (Width + 1)) - 1)];
        Tensor bias = Normal("layer bias", Width);
        hash.Add(_ops.Embedding(x, ids, 3, 20));
        hash.Add(_ops.EmbeddingBackward(_ops.Narrow(y, 0, 0, ids.Length), ids, Height));
        hash.Add(_ops.RmsNorm(x, weight, Eps, offset: 1));
        (Tensor rmsX, Tensor rmsWeight) = _ops.RmsNormBackward(y, x, weight, Eps, offset: 1);
        hash.Add(rmsX);
        hash.Add(rmsWeight);
        hash.Add(_ops.LayerNorm(x, weight, bias, Eps));
        (Tensor layerX, Tensor layerWeight, Tensor layerBias) = _ops.LayerNormBackward(y, x, weight, Eps);
        hash.Add(layerX);
        hash.Add(layerWeight);
        hash.Add(layerBias);
        hash.Add(_ops.CrossEntropy(x, targets));
        hash.Add(_ops.CrossEntropyBackward(_ops.Full(0.7f), x, targets));
    }

    private void AddAttention(BitHash hash)
    {
        Tensor q = Normal("q", 2, 6, 21, 10);
        Tensor k = Normal("k", 2, 3, 25, 10);
        Tensor v = Normal("v", 2, 3, 25, 10);
        Tensor mask = Normal("mask", 2, 1, 21, 25);
        Tensor cos = Normal("cos", 2, 21, 5);
        Tensor sin = Normal("sin", 2, 21, 5);
        hash.Add(_ops.RotaryEmbedding(q, cos, sin));
        hash.Add(_ops.ScaledDotProductAttention(q, k, v, mask, 0.3f));
        hash.Add(_ops.ScaledDotProductAttention(q, k, v, null, 0.3f));
    }

    private void AddInplace(BitHash hash, Tensor x, Tensor y)
    {
        Tensor parameter = _ops.Mul(x, 0.02f);
        Tensor mean = _ops.Full(0, Height, Width);
        Tensor variance = _ops.Full(0, Height, Width);
        for (int step = 1; step <= 2; step++)
        {
            _ops.AdamWInplace(parameter, y, mean, variance, new AdamWStep(step, 0.01f, 0.1f, GradScale: 0.7f));
        }

        _ops.AddInplace(mean, x);
        _ops.CopyInplace(variance, -1, 1, 40, _ops.Narrow(x, 1, 0, 50));
        hash.Add(parameter);
        hash.Add(mean);
        hash.Add(variance);
    }

    private Tensor Normal(string stream, params ReadOnlySpan<int> shape)
    {
        int count = 1;
        foreach (int size in shape)
        {
            count *= size;
        }

        var random = new CounterRandom(Seed, stream);
        float[] values = new float[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = (float)random.NextGaussian();
        }

        return _ops.FromArray(values, shape);
    }

    // Where kernels clamp, select or round to even.
    private Tensor Special()
    {
        float[] values =
        [
            0, -0f, 1, -1, float.Epsilon, -float.Epsilon, 1.17549435e-38f, float.MaxValue, -float.MaxValue, float.PositiveInfinity,
            float.NegativeInfinity, float.NaN, 88.72f, 88.73f, -87.33f, -103.9f, 104, 0.5f, 9.01f, -9.02f, 1e-4f, 0.35f,
        ];
        return _ops.FromArray(values, values.Length);
    }
}
