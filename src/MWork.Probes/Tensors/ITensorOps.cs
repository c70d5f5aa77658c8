namespace MWork.Probes.Tensors;

/// <summary>
/// The operations that the decoder, the tape and the probes are written over, named as PyTorch names them. A backend carries
/// them out (<see cref="Managed.ManagedBackend"/>); a <see cref="Tape"/> wraps a backend and remembers them, so that model code
/// is written once and runs with or without gradients.
/// </summary>
/// <remarks>
/// Every tensor is float32 (but see <see cref="Empty"/>), dense and row-major. Integer data (token ids, indices) are host arrays. An operation never writes
/// into its inputs unless its name ends in <c>Inplace</c>. Shapes that do not fit throw <see cref="ArgumentException"/> with both
/// shapes in the message.
/// </remarks>
public interface ITensorOps
{
    /// <summary>Bytes that a batch's activations may take beside the weights; null where nothing but the machine's own memory limits them.</summary>
    long? FreeMemory { get; }

    // Creation

    Tensor FromArray(ReadOnlySpan<float> values, params ReadOnlySpan<int> shape);

    Tensor Full(float value, params ReadOnlySpan<int> shape);

    /// <summary>
    /// A tensor with unspecified contents, for <see cref="CopyInplace(Tensor, int, ScalarType, ReadOnlySpan{byte})"/> to fill. Memory is its
    /// own and no larger than needed, as suits weights that stay.
    /// </summary>
    /// <param name="type">How a backend keeps the elements. One of 16 bits is for matrices that are read and never written by other
    /// operations. On the managed backend it changes no bit of what is computed with them; a GPU takes products with them in that type.</param>
    /// <param name="shape">Sizes, outermost first.</param>
    Tensor Empty(ScalarType type, params ReadOnlySpan<int> shape);

    // Shape. All return tensors that may be disposed independently of their input.

    Tensor Reshape(Tensor x, params ReadOnlySpan<int> shape);

    /// <summary>Swaps two dimensions.</summary>
    Tensor Transpose(Tensor x, int dim0, int dim1);

    /// <summary>The slice <c>[start, start + length)</c> of a dimension.</summary>
    Tensor Narrow(Tensor x, int dim, int start, int length);

    Tensor Cat(ReadOnlySpan<Tensor> tensors, int dim);

    /// <summary>Entries of <paramref name="dim"/> at <paramref name="indices"/>, in that order; indices may repeat.</summary>
    Tensor IndexSelect(Tensor x, int dim, ReadOnlySpan<int> indices);

    /// <summary>The gradient of <see cref="IndexSelect"/>: zeros of size <paramref name="size"/> with the entries of
    /// <paramref name="source"/> added at <paramref name="indices"/> in ascending order of position.</summary>
    Tensor IndexAdd(int size, int dim, ReadOnlySpan<int> indices, Tensor source);

    /// <summary>Each entry of a dimension repeated <paramref name="repeats"/> times in place (grouped key-value heads).</summary>
    Tensor RepeatInterleave(Tensor x, int repeats, int dim);

    // Elementwise. b may have size 1, or fewer leading dimensions, wherever a has more (a decides the shape of the result).

    Tensor Add(Tensor a, Tensor b);

    Tensor Sub(Tensor a, Tensor b);

    Tensor Mul(Tensor a, Tensor b);

    Tensor Div(Tensor a, Tensor b);

    Tensor Add(Tensor x, float value);

    Tensor Mul(Tensor x, float value);

    Tensor Exp(Tensor x);

    Tensor Log(Tensor x);

    Tensor Sqrt(Tensor x);

    Tensor Abs(Tensor x);

    Tensor Tanh(Tensor x);

    /// <summary>1 where x is greater than <paramref name="value"/>, else 0; a tape takes it for a constant.</summary>
    Tensor Gt(Tensor x, float value);

    /// <summary>x · sigmoid(x).</summary>
    Tensor Silu(Tensor x);

    /// <summary>GELU with the error function (<paramref name="tanh"/> false) or its tanh approximation.</summary>
    Tensor Gelu(Tensor x, bool tanh);

    /// <summary>grad · silu'(x).</summary>
    Tensor SiluBackward(Tensor grad, Tensor x);

    /// <summary>grad · gelu'(x).</summary>
    Tensor GeluBackward(Tensor grad, Tensor x, bool tanh);

    // Reductions

    /// <summary>Sum over one dimension.</summary>
    Tensor Sum(Tensor x, int dim, bool keepDim = false);

    /// <summary>Sum of all elements, shape <c>[]</c>.</summary>
    Tensor Sum(Tensor x);

    /// <summary>Largest element along the last dimension, which is dropped.</summary>
    Tensor Amax(Tensor x);

    /// <summary>Softmax over the last dimension.</summary>
    Tensor Softmax(Tensor x);

    /// <summary>Log-softmax over the last dimension.</summary>
    Tensor LogSoftmax(Tensor x);

    /// <summary>Gradient of <see cref="Softmax"/> from its output: output · (grad − Σ grad · output).</summary>
    Tensor SoftmaxBackward(Tensor grad, Tensor output);

    /// <summary>Gradient of <see cref="LogSoftmax"/> from its output: grad − exp(output) · Σ grad.</summary>
    Tensor LogSoftmaxBackward(Tensor grad, Tensor output);

    /// <summary>Indices of the largest element along the last dimension; the lowest index wins a tie.</summary>
    int[] Argmax(Tensor x);

    /// <summary>Indices [rows, k] of the k largest elements along the last dimension, largest first; the lowest index wins a tie.</summary>
    int[] TopK(Tensor x, int k);

    // Linear algebra

    /// <summary>
    /// Batched matrix product of the last two dimensions, each optionally transposed first. Leading dimensions are equal, or
    /// <paramref name="b"/> has none.
    /// </summary>
    Tensor MatMul(Tensor a, Tensor b, bool transposeA = false, bool transposeB = false);

    /// <summary>x·Wᵀ + bias: <paramref name="x"/> [..., in], <paramref name="weight"/> [out, in], <paramref name="bias"/> [out].</summary>
    Tensor Linear(Tensor x, Tensor weight, Tensor? bias = null);

    // Layers

    /// <summary>Rows of <paramref name="weight"/> [V, D] at <paramref name="ids"/>: [.. <paramref name="shape"/>, D].</summary>
    Tensor Embedding(Tensor weight, ReadOnlySpan<int> ids, params ReadOnlySpan<int> shape);

    /// <summary>Gradient of <see cref="Embedding"/>: [rows, D], rows added in order of position.</summary>
    Tensor EmbeddingBackward(Tensor grad, ReadOnlySpan<int> ids, int rows);

    /// <summary>x / √(mean(x²) + eps) · (offset + weight) over the last dimension; Gemma has offset 1.</summary>
    Tensor RmsNorm(Tensor x, Tensor weight, float eps, float offset = 0);

    /// <summary>Gradients of <see cref="RmsNorm"/> by its input and its weight.</summary>
    (Tensor X, Tensor Weight) RmsNormBackward(Tensor grad, Tensor x, Tensor weight, float eps, float offset = 0);

    /// <summary>(x − mean) / √(variance + eps) · weight + bias over the last dimension.</summary>
    Tensor LayerNorm(Tensor x, Tensor weight, Tensor? bias, float eps);

    /// <summary>Gradients of <see cref="LayerNorm"/> by its input, weight and bias.</summary>
    (Tensor X, Tensor Weight, Tensor Bias) LayerNormBackward(Tensor grad, Tensor x, Tensor weight, float eps);

    /// <summary>
    /// Rotates the pairs (i, i + d/2) of the last dimension d of <paramref name="x"/> [B, H, T, d] by the angles whose cosines and
    /// sines are given as [B, T, d/2]. Its gradient is itself with the sines negated.
    /// </summary>
    Tensor RotaryEmbedding(Tensor x, Tensor cos, Tensor sin);

    /// <summary>
    /// softmax(q·kᵀ·scale + mask)·v. <paramref name="q"/> [B, H, T, d], <paramref name="k"/> and <paramref name="v"/>
    /// [B, G, S, d] with H a multiple of G, <paramref name="mask"/> added to the scores, [B, 1, T, S]. Gives the same bits as the same
    /// formula spelled out in the other operations.
    /// </summary>
    Tensor ScaledDotProductAttention(Tensor q, Tensor k, Tensor v, Tensor? mask, float scale);

    /// <summary>
    /// Mean over rows of −log softmax(logits)[target]; <paramref name="logits"/> [N, V]. Rows whose target is negative are left out.
    /// </summary>
    Tensor CrossEntropy(Tensor logits, ReadOnlySpan<int> targets);

    /// <summary>Gradient of <see cref="CrossEntropy"/> by its logits, times the scalar <paramref name="grad"/>.</summary>
    Tensor CrossEntropyBackward(Tensor grad, Tensor logits, ReadOnlySpan<int> targets);

    // In place, never recorded on a tape

    /// <summary>destination[..., start : start + source.Size(dim), ...] = source, for one row of the first dimension
    /// (<paramref name="row"/>) or, when it is negative, for all.</summary>
    void CopyInplace(Tensor destination, int row, int dim, int start, Tensor source);

    /// <summary>
    /// Overwrites elements of <paramref name="destination"/>, row-major, from <paramref name="start"/> on with those that
    /// <paramref name="elements"/> holds, little-endian and of the given type: the destination's own, or any where that is float32.
    /// </summary>
    void CopyInplace(Tensor destination, int start, ScalarType type, ReadOnlySpan<byte> elements);

    /// <summary>y += x.</summary>
    void AddInplace(Tensor y, Tensor x);

    /// <summary>
    /// One AdamW step (Loshchilov and Hutter 2019) as PyTorch takes it: weights decay by lr · weightDecay first, then move by the
    /// bias-corrected ratio of moments. <paramref name="step"/> counts from 1.
    /// </summary>
    void AdamWInplace(Tensor parameter, Tensor grad, Tensor mean, Tensor variance, AdamWStep step);
}
