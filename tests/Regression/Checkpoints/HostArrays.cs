using MWork.Probes.Tensors;

namespace MWork.Regression.Checkpoints;

/// <summary>A backend that holds arrays and computes nothing: what loading needs, and no more.</summary>
internal sealed class HostArrays : ITensorOps
{
    public Tensor FromArray(ReadOnlySpan<float> values, params ReadOnlySpan<int> shape) => new HostArray(values.ToArray(), shape);

    public Tensor Full(float value, params ReadOnlySpan<int> shape) => throw new NotSupportedException();

    public Tensor Reshape(Tensor x, params ReadOnlySpan<int> shape) => throw new NotSupportedException();

    public Tensor Transpose(Tensor x, int dim0, int dim1) => throw new NotSupportedException();

    public Tensor Narrow(Tensor x, int dim, int start, int length) => throw new NotSupportedException();

    public Tensor Cat(ReadOnlySpan<Tensor> tensors, int dim) => throw new NotSupportedException();

    public Tensor IndexSelect(Tensor x, int dim, ReadOnlySpan<int> indices) => throw new NotSupportedException();

    public Tensor IndexAdd(int size, int dim, ReadOnlySpan<int> indices, Tensor source) => throw new NotSupportedException();

    public Tensor RepeatInterleave(Tensor x, int repeats, int dim) => throw new NotSupportedException();

    public Tensor Add(Tensor a, Tensor b) => throw new NotSupportedException();

    public Tensor Sub(Tensor a, Tensor b) => throw new NotSupportedException();

    public Tensor Mul(Tensor a, Tensor b) => throw new NotSupportedException();

    public Tensor Div(Tensor a, Tensor b) => throw new NotSupportedException();

    public Tensor Add(Tensor x, float value) => throw new NotSupportedException();

    public Tensor Mul(Tensor x, float value) => throw new NotSupportedException();

    public Tensor Exp(Tensor x) => throw new NotSupportedException();

    public Tensor Log(Tensor x) => throw new NotSupportedException();

    public Tensor Sqrt(Tensor x) => throw new NotSupportedException();

    public Tensor Abs(Tensor x) => throw new NotSupportedException();

    public Tensor Tanh(Tensor x) => throw new NotSupportedException();

    public Tensor Silu(Tensor x) => throw new NotSupportedException();

    public Tensor Gelu(Tensor x, bool tanh) => throw new NotSupportedException();

    public Tensor SiluBackward(Tensor grad, Tensor x) => throw new NotSupportedException();

    public Tensor GeluBackward(Tensor grad, Tensor x, bool tanh) => throw new NotSupportedException();

    public Tensor Sum(Tensor x, int dim, bool keepDim = false) => throw new NotSupportedException();

    public Tensor Sum(Tensor x) => throw new NotSupportedException();

    public Tensor Amax(Tensor x) => throw new NotSupportedException();

    public Tensor Softmax(Tensor x) => throw new NotSupportedException();

    public Tensor LogSoftmax(Tensor x) => throw new NotSupportedException();

    public Tensor SoftmaxBackward(Tensor grad, Tensor output) => throw new NotSupportedException();

    public Tensor LogSoftmaxBackward(Tensor grad, Tensor output) => throw new NotSupportedException();

    public int[] Argmax(Tensor x) => throw new NotSupportedException();

    public int[] TopK(Tensor x, int k) => throw new NotSupportedException();

    public Tensor MatMul(Tensor a, Tensor b, bool transposeA = false, bool transposeB = false)
        => throw new NotSupportedException();

    public Tensor Linear(Tensor x, Tensor weight, Tensor? bias = null) => throw new NotSupportedException();

    public Tensor Embedding(Tensor weight, ReadOnlySpan<int> ids, params ReadOnlySpan<int> shape)
        => throw new NotSupportedException();

    public Tensor EmbeddingBackward(Tensor grad, ReadOnlySpan<int> ids, int rows) => throw new NotSupportedException();

    public Tensor RmsNorm(Tensor x, Tensor weight, float eps, float offset = 0) => throw new NotSupportedException();

    public (Tensor X, Tensor Weight) RmsNormBackward(Tensor grad, Tensor x, Tensor weight, float eps, float offset = 0)
        => throw new NotSupportedException();

    public Tensor LayerNorm(Tensor x, Tensor weight, Tensor? bias, float eps) => throw new NotSupportedException();

    public (Tensor X, Tensor Weight, Tensor Bias) LayerNormBackward(Tensor grad, Tensor x, Tensor weight, float eps)
        => throw new NotSupportedException();

    public Tensor RotaryEmbedding(Tensor x, Tensor cos, Tensor sin) => throw new NotSupportedException();

    public Tensor ScaledDotProductAttention(Tensor q, Tensor k, Tensor v, Tensor? mask, float scale)
        => throw new NotSupportedException();

    public Tensor CrossEntropy(Tensor logits, ReadOnlySpan<int> targets) => throw new NotSupportedException();

    public Tensor CrossEntropyBackward(Tensor grad, Tensor logits, ReadOnlySpan<int> targets)
        => throw new NotSupportedException();

    public void CopyInplace(Tensor destination, int row, int dim, int start, Tensor source) => throw new NotSupportedException();

    public void AddInplace(Tensor y, Tensor x) => throw new NotSupportedException();

    public void AdamWInplace(Tensor parameter, Tensor grad, Tensor mean, Tensor variance, AdamWStep step)
        => throw new NotSupportedException();

    private sealed class HostArray(float[] values, ReadOnlySpan<int> shape) : Tensor(shape)
    {
        public override void CopyTo(Span<float> destination) => values.CopyTo(destination);

        protected override void Dispose(bool disposing)
        {
        }
    }
}
