using MWork.Probes.Tensors;

namespace MWork.Regression.Conformance;

/// <summary>The managed backend on a device that is too small: every few products of a batch of more rows than fit, memory is out.</summary>
internal sealed class OutOfMemoryOps(ITensorOps ops, int rows, int every = 5) : ITensorOps
{
    private int _products;

    /// <summary>How often memory was out.</summary>
    public int Failures { get; private set; }

    public long? FreeMemory => null;

    public Tensor Linear(Tensor x, Tensor weight, Tensor? bias = null)
    {
        if (x.Rank == 3 && x.Size(0) > rows && ++_products % every == 0)
        {
            Failures++;
            throw new DeviceMemoryException("Linear does not fit the memory of a test.");
        }

        return ops.Linear(x, weight, bias);
    }

    public Tensor FromArray(ReadOnlySpan<float> values, params ReadOnlySpan<int> shape) => ops.FromArray(values, shape);

    public Tensor Full(float value, params ReadOnlySpan<int> shape) => ops.Full(value, shape);

    public Tensor Empty(ScalarType type, params ReadOnlySpan<int> shape) => ops.Empty(type, shape);

    public Tensor Reshape(Tensor x, params ReadOnlySpan<int> shape) => ops.Reshape(x, shape);

    public Tensor Transpose(Tensor x, int dim0, int dim1) => ops.Transpose(x, dim0, dim1);

    public Tensor Narrow(Tensor x, int dim, int start, int length) => ops.Narrow(x, dim, start, length);

    public Tensor Cat(ReadOnlySpan<Tensor> tensors, int dim) => ops.Cat(tensors, dim);

    public Tensor IndexSelect(Tensor x, int dim, ReadOnlySpan<int> indices) => ops.IndexSelect(x, dim, indices);

    public Tensor IndexAdd(int size, int dim, ReadOnlySpan<int> indices, Tensor source) => ops.IndexAdd(size, dim, indices, source);

    public Tensor RepeatInterleave(Tensor x, int repeats, int dim) => ops.RepeatInterleave(x, repeats, dim);

    public Tensor Add(Tensor a, Tensor b) => ops.Add(a, b);

    public Tensor Sub(Tensor a, Tensor b) => ops.Sub(a, b);

    public Tensor Mul(Tensor a, Tensor b) => ops.Mul(a, b);

    public Tensor Div(Tensor a, Tensor b) => ops.Div(a, b);

    public Tensor Add(Tensor x, float value) => ops.Add(x, value);

    public Tensor Mul(Tensor x, float value) => ops.Mul(x, value);

    public Tensor Exp(Tensor x) => ops.Exp(x);

    public Tensor Log(Tensor x) => ops.Log(x);

    public Tensor Sqrt(Tensor x) => ops.Sqrt(x);

    public Tensor Abs(Tensor x) => ops.Abs(x);

    public Tensor Tanh(Tensor x) => ops.Tanh(x);

    public Tensor Gt(Tensor x, float value) => ops.Gt(x, value);

    public Tensor Silu(Tensor x) => ops.Silu(x);

    public Tensor Gelu(Tensor x, bool tanh) => ops.Gelu(x, tanh);

    public Tensor SiluBackward(Tensor grad, Tensor x) => ops.SiluBackward(grad, x);

    public Tensor GeluBackward(Tensor grad, Tensor x, bool tanh) => ops.GeluBackward(grad, x, tanh);

    public Tensor Sum(Tensor x, int dim, bool keepDim = false) => ops.Sum(x, dim, keepDim);

    public Tensor Sum(Tensor x) => ops.Sum(x);

    public Tensor Amax(Tensor x) => ops.Amax(x);

    public Tensor Softmax(Tensor x) => ops.Softmax(x);

    public Tensor LogSoftmax(Tensor x) => ops.LogSoftmax(x);

    public Tensor SoftmaxBackward(Tensor grad, Tensor output) => ops.SoftmaxBackward(grad, output);

    public Tensor LogSoftmaxBackward(Tensor grad, Tensor output) => ops.LogSoftmaxBackward(grad, output);

    public int[] Argmax(Tensor x) => ops.Argmax(x);

    public int[] TopK(Tensor x, int k) => ops.TopK(x, k);

    public Tensor MatMul(Tensor a, Tensor b, bool transposeA = false, bool transposeB = false) => ops.MatMul(a, b, transposeA, transposeB);

    public Tensor Embedding(Tensor weight, ReadOnlySpan<int> ids, params ReadOnlySpan<int> shape) => ops.Embedding(weight, ids, shape);

    public Tensor EmbeddingBackward(Tensor grad, ReadOnlySpan<int> ids, int rows) => ops.EmbeddingBackward(grad, ids, rows);

    public Tensor RmsNorm(Tensor x, Tensor weight, float eps, float offset = 0) => ops.RmsNorm(x, weight, eps, offset);

    public (Tensor X, Tensor Weight) RmsNormBackward(Tensor grad, Tensor x, Tensor weight, float eps, float offset = 0) =>
        ops.RmsNormBackward(grad, x, weight, eps, offset);

    public Tensor LayerNorm(Tensor x, Tensor weight, Tensor? bias, float eps) => ops.LayerNorm(x, weight, bias, eps);

    public (Tensor X, Tensor Weight, Tensor Bias) LayerNormBackward(Tensor grad, Tensor x, Tensor weight, float eps) =>
        ops.LayerNormBackward(grad, x, weight, eps);

    public Tensor RotaryEmbedding(Tensor x, Tensor cos, Tensor sin) => ops.RotaryEmbedding(x, cos, sin);

    public Tensor ScaledDotProductAttention(Tensor q, Tensor k, Tensor v, Tensor? mask, float scale) =>
        ops.ScaledDotProductAttention(q, k, v, mask, scale);

    public Tensor CrossEntropy(Tensor logits, ReadOnlySpan<int> targets) => ops.CrossEntropy(logits, targets);

    public Tensor CrossEntropyBackward(Tensor grad, Tensor logits, ReadOnlySpan<int> targets) => ops.CrossEntropyBackward(grad, logits, targets);

    public void CopyInplace(Tensor destination, int row, int dim, int start, Tensor source) => ops.CopyInplace(destination, row, dim, start, source);

    public void CopyInplace(Tensor destination, int start, ScalarType type, ReadOnlySpan<byte> elements) =>
        ops.CopyInplace(destination, start, type, elements);

    public void AddInplace(Tensor y, Tensor x) => ops.AddInplace(y, x);

    public void AdamWInplace(Tensor parameter, Tensor grad, Tensor mean, Tensor variance, AdamWStep step) =>
        ops.AdamWInplace(parameter, grad, mean, variance, step);
}
