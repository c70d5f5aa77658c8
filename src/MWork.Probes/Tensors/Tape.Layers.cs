namespace MWork.Probes.Tensors;

public sealed partial class Tape
{
    public Tensor Sum(Tensor x, int dim, bool keepDim = false) => Record(x, ops.Sum(x, dim, keepDim), gradient =>
    {
        int[] kept = x.Shape.ToArray();
        kept[dim < 0 ? dim + kept.Length : dim] = 1;
        return Expand(ops.Reshape(gradient, kept), x.Shape);
    });

    public Tensor Sum(Tensor x) => Record(x, ops.Sum(x), gradient => Expand(gradient, x.Shape));

    public Tensor Amax(Tensor x) => !Tracks(x) ? ops.Amax(x) : throw new NotSupportedException("Amax has no gradient here; use it off the tape.");

    public Tensor Softmax(Tensor x)
    {
        Tensor y = ops.Softmax(x);
        return Record(x, y, gradient => ops.SoftmaxBackward(gradient, y));
    }

    public Tensor LogSoftmax(Tensor x)
    {
        Tensor y = ops.LogSoftmax(x);
        return Record(x, y, gradient => ops.LogSoftmaxBackward(gradient, y));
    }

    public int[] Argmax(Tensor x) => ops.Argmax(x);

    public int[] TopK(Tensor x, int k) => ops.TopK(x, k);

    public Tensor MatMul(Tensor a, Tensor b, bool transposeA = false, bool transposeB = false)
    {
        Tensor output = ops.MatMul(a, b, transposeA, transposeB);
        return !Tracks(a) && !Tracks(b) ? output : Record(output, gradient =>
        {
            if (Tracks(a))
            {
                Accumulate(a, transposeA
                    ? ops.MatMul(b, gradient, transposeB, transposeB: true)
                    : ops.MatMul(gradient, b, transposeA: false, !transposeB));
            }

            if (Tracks(b))
            {
                Tensor gradientB = transposeB
                    ? ops.MatMul(gradient, a, transposeA: true, transposeA)
                    : ops.MatMul(a, gradient, !transposeA);
                Accumulate(b, SumTo(gradientB, b.Shape));
            }
        });
    }

    public Tensor Linear(Tensor x, Tensor weight, Tensor? bias = null)
    {
        Tensor output = ops.Linear(x, weight, bias);
        return !Tracks(x) && !Tracks(weight) && !Tracks(bias) ? output : Record(output, gradient =>
        {
            int outputs = weight.Size(0);
            Tensor rows = ops.Reshape(gradient, gradient.Count / outputs, outputs);
            if (Tracks(x))
            {
                Accumulate(x, ops.Reshape(ops.MatMul(rows, weight), x.Shape));
            }

            if (Tracks(weight))
            {
                int inputs = weight.Size(1);
                Accumulate(weight, ops.MatMul(rows, ops.Reshape(x, x.Count / inputs, inputs), transposeA: true));
            }

            if (bias is not null && Tracks(bias))
            {
                Accumulate(bias, ops.Sum(rows, 0));
            }
        });
    }

    public Tensor Embedding(Tensor weight, ReadOnlySpan<int> ids, params ReadOnlySpan<int> shape)
    {
        int[] rows = ids.ToArray();
        return Record(weight, ops.Embedding(weight, ids, shape), gradient => ops.EmbeddingBackward(gradient, rows, weight.Size(0)));
    }

    public Tensor RmsNorm(Tensor x, Tensor weight, float eps, float offset = 0)
    {
        Tensor output = ops.RmsNorm(x, weight, eps, offset);
        return !Tracks(x) && !Tracks(weight) ? output : Record(output, gradient =>
        {
            (Tensor gradientX, Tensor gradientWeight) = ops.RmsNormBackward(gradient, x, weight, eps, offset);
            Accumulate(x, gradientX);
            Accumulate(weight, gradientWeight);
        });
    }

    public Tensor LayerNorm(Tensor x, Tensor weight, Tensor? bias, float eps)
    {
        Tensor output = ops.LayerNorm(x, weight, bias, eps);
        return !Tracks(x) && !Tracks(weight) && !Tracks(bias) ? output : Record(output, gradient =>
        {
            (Tensor gradientX, Tensor gradientWeight, Tensor gradientBias) = ops.LayerNormBackward(gradient, x, weight, eps);
            Accumulate(x, gradientX);
            Accumulate(weight, gradientWeight);
            if (bias is not null)
            {
                Accumulate(bias, gradientBias);
            }
        });
    }

    public Tensor RotaryEmbedding(Tensor x, Tensor cos, Tensor sin) => Record(
        x, ops.RotaryEmbedding(x, cos, sin), gradient => ops.RotaryEmbedding(gradient, cos, ops.Mul(sin, -1)));

    // Spelled out where a gradient is wanted, because its backward pass needs the probabilities.
    public Tensor ScaledDotProductAttention(Tensor q, Tensor k, Tensor v, Tensor? mask, float scale)
    {
        if (!Tracks(q) && !Tracks(k) && !Tracks(v))
        {
            return ops.ScaledDotProductAttention(q, k, v, mask, scale);
        }

        int repeats = q.Size(1) / k.Size(1);
        Tensor keys = repeats == 1 ? k : RepeatInterleave(k, repeats, 1);
        Tensor values = repeats == 1 ? v : RepeatInterleave(v, repeats, 1);
        Tensor scores = Mul(MatMul(q, keys, transposeB: true), scale);
        return MatMul(Softmax(mask is null ? scores : Add(scores, mask)), values);
    }

    public Tensor CrossEntropy(Tensor logits, ReadOnlySpan<int> targets)
    {
        int[] wanted = targets.ToArray();
        return Record(logits, ops.CrossEntropy(logits, targets), gradient => ops.CrossEntropyBackward(gradient, logits, wanted));
    }

    public Tensor SoftmaxBackward(Tensor grad, Tensor output) => throw OneTime(nameof(SoftmaxBackward));

    public Tensor LogSoftmaxBackward(Tensor grad, Tensor output) => throw OneTime(nameof(LogSoftmaxBackward));

    public Tensor EmbeddingBackward(Tensor grad, ReadOnlySpan<int> ids, int rows) => throw OneTime(nameof(EmbeddingBackward));

    public (Tensor X, Tensor Weight) RmsNormBackward(Tensor grad, Tensor x, Tensor weight, float eps, float offset = 0) =>
        throw OneTime(nameof(RmsNormBackward));

    public (Tensor X, Tensor Weight, Tensor Bias) LayerNormBackward(Tensor grad, Tensor x, Tensor weight, float eps) =>
        throw OneTime(nameof(LayerNormBackward));

    public Tensor CrossEntropyBackward(Tensor grad, Tensor logits, ReadOnlySpan<int> targets) =>
        throw OneTime(nameof(CrossEntropyBackward));

    public void CopyInplace(Tensor destination, int row, int dim, int start, Tensor source) =>
        ops.CopyInplace(destination, row, dim, start, source);

    public void CopyInplace(Tensor destination, int start, ScalarType type, ReadOnlySpan<byte> elements) =>
        ops.CopyInplace(destination, start, type, elements);

    public void AddInplace(Tensor y, Tensor x) => ops.AddInplace(y, x);

    public void AdamWInplace(Tensor parameter, Tensor grad, Tensor mean, Tensor variance, AdamWStep step) =>
        ops.AdamWInplace(parameter, grad, mean, variance, step);

    private Tensor Expand(Tensor x, ReadOnlySpan<int> shape) => ops.Add(ops.Full(0, shape), x);
}
