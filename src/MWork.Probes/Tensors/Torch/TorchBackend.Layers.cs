using TorchSharp;
using static MWork.Probes.Tensors.Shapes;
using static TorchSharp.torch;

namespace MWork.Probes.Tensors.Torch;

public sealed partial class TorchBackend
{
    // Never libtorch's matmul: TorchSharp lets its errors, a lack of memory among them, end the process.
    public Tensor MatMul(Tensor a, Tensor b, bool transposeA = false, bool transposeB = false) =>
        a.Rank < 2 || b.Rank < 2 || (b.Rank > 2 && !a.Shape[..^2].SequenceEqual(b.Shape[..^2])) ? throw Misfit(nameof(MatMul), a, b)
        : RunStored([a, b], v => Multiplied(v, (x, y) =>
        {
            x = transposeA ? x.transpose(-2, -1) : x;
            y = transposeB ? y.transpose(-2, -1) : y;
            return b.Rank == 2 ? nn.functional.linear(x, y.transpose(0, 1))
                : x.flatten(0, -3).bmm(y.flatten(0, -3)).view([.. x.shape[..^1], y.shape[^1]]);
        }));

    public Tensor Linear(Tensor x, Tensor weight, Tensor? bias = null) => RunStored(bias is null ? [x, weight] : [x, weight, bias], v =>
        Multiplied(v, (input, matrix) => nn.functional.linear(input, matrix)) is var product && v.Length == 2 ? product : product + v[2]);

    public Tensor Embedding(Tensor weight, ReadOnlySpan<int> ids, params ReadOnlySpan<int> shape)
    {
        long[] rows = Ids(ids, weight.Size(0), weight);
        long[] sizes = [.. Sizes(shape), weight.Size(1)];
        return RunStored([weight], v => Wide(v[0].index_select(0, On(v[0], rows))).reshape(sizes));
    }

    public Tensor EmbeddingBackward(Tensor grad, ReadOnlySpan<int> ids, int rows)
    {
        long[] index = Ids(ids, rows, grad);
        return Run([grad], v => AddAt(rows, 0, index, v[0].reshape(index.Length, grad.Size(-1))));
    }

    public Tensor RmsNorm(Tensor x, Tensor weight, float eps, float offset = 0) =>
        Run([x, weight], v => v[0] * ((v[0] * v[0]).mean([-1], keepdim: true) + eps).rsqrt() * (v[1] + offset));

    public (Tensor X, Tensor Weight) RmsNormBackward(Tensor grad, Tensor x, Tensor weight, float eps, float offset = 0) => (
        Run([grad, x, weight], v =>
        {
            torch.Tensor inverse = ((v[1] * v[1]).mean([-1], keepdim: true) + eps).rsqrt();
            torch.Tensor scaled = v[0] * (v[2] + offset);
            torch.Tensor along = (scaled * v[1]).mean([-1], keepdim: true);
            return inverse * (scaled - (v[1] * along * inverse * inverse));
        }),
        Run([grad, x], v => OverRows(v[0] * v[1] * ((v[1] * v[1]).mean([-1], keepdim: true) + eps).rsqrt())));

    public Tensor LayerNorm(Tensor x, Tensor weight, Tensor? bias, float eps) => Run(
        bias is null ? [x, weight] : [x, weight, bias],
        v => nn.functional.layer_norm(v[0], [x.Size(-1)], v[1], v.Length == 2 ? null : v[2], eps));

    public (Tensor X, Tensor Weight, Tensor Bias) LayerNormBackward(Tensor grad, Tensor x, Tensor weight, float eps) => (
        Run([grad, x, weight], v =>
        {
            (torch.Tensor unit, torch.Tensor inverse) = Standardized(v[1], eps);
            torch.Tensor scaled = v[0] * v[2];
            return inverse * (scaled - scaled.mean([-1], keepdim: true) - (unit * (scaled * unit).mean([-1], keepdim: true)));
        }),
        Run([grad, x], v => OverRows(v[0] * Standardized(v[1], eps).Unit)),
        Run([grad], v => OverRows(v[0])));

    public Tensor RotaryEmbedding(Tensor x, Tensor cos, Tensor sin) => Run([x, cos, sin], v =>
    {
        int half = x.Size(-1) / 2;
        (torch.Tensor a, torch.Tensor b) = (v[0].narrow(-1, 0, half), v[0].narrow(-1, half, half));
        (torch.Tensor c, torch.Tensor s) = (v[1].unsqueeze(1), v[2].unsqueeze(1));
        return cat(new[] { (a * c) - (b * s), (b * c) + (a * s) }, -1);
    });

    /// <inheritdoc/>
    /// <remarks>Fused, so equal to the spelled-out formula up to rounding and not to the bit.</remarks>
    public Tensor ScaledDotProductAttention(Tensor q, Tensor k, Tensor v, Tensor? mask, float scale) =>
        Run(mask is null ? [q, k, v] : [q, k, v, mask], own =>
        {
            // libtorch divides by √d, and TorchSharp has no argument that says otherwise.
            torch.Tensor queries = own[0] * (scale * Math.Sqrt(q.Size(-1)));
            int repeats = q.Size(1) / k.Size(1);
            return nn.functional.scaled_dot_product_attention(
                queries, Repeated(own[1], repeats), Repeated(own[2], repeats), own.Length == 3 ? null : own[3], is_casual: false);
        });

    private static torch.Tensor Repeated(torch.Tensor heads, int repeats) => repeats == 1 ? heads : heads.repeat_interleave(repeats, 1);

    private static (torch.Tensor Unit, torch.Tensor Inverse) Standardized(torch.Tensor x, float eps)
    {
        torch.Tensor centred = x - x.mean([-1], keepdim: true);
        torch.Tensor inverse = ((centred * centred).mean([-1], keepdim: true) + eps).rsqrt();
        return (centred * inverse, inverse);
    }

    // Named, because TorchSharp takes a bare 0 for an element type.
    private static torch.Tensor OverRows(torch.Tensor x) => x.reshape(-1, x.shape[^1]).sum(dim: 0);

    // A GPU takes a product with weights of 16 bits in their type, with float32 sums, as the reference does; a CPU widens the weights.
    private torch.Tensor Multiplied(torch.Tensor[] v, Func<torch.Tensor, torch.Tensor, torch.Tensor> multiply)
    {
        torch.ScalarType type = !_devices.AreGpus ? float32 : v[1].dtype != float32 ? v[1].dtype : v[0].dtype;
        return multiply(v[0].to(type), v[1].to(type)).to(float32);
    }
}
