using TorchSharp;
using static MWork.Probes.Tensors.Shapes;
using static TorchSharp.torch;

namespace MWork.Probes.Tensors.Torch;

public sealed partial class TorchBackend
{
    public Tensor Sum(Tensor x, int dim, bool keepDim = false) => Run([x], v => v[0].sum(Axis(x, dim), keepDim));

    public Tensor Sum(Tensor x) => Run([x], v => v[0].sum());

    public Tensor Amax(Tensor x) => Run([x], v => v[0].amax(Axis(x, -1)));

    public Tensor Softmax(Tensor x) => Run([x], v => v[0].softmax(Axis(x, -1)));

    public Tensor LogSoftmax(Tensor x) => Run([x], v => v[0].log_softmax(Axis(x, -1)));

    public Tensor SoftmaxBackward(Tensor grad, Tensor output) => Pair(grad, output, v => v[1] * (v[0] - (v[0] * v[1]).sum(-1, keepdim: true)));

    public Tensor LogSoftmaxBackward(Tensor grad, Tensor output) => Pair(grad, output, v => v[0] - (v[1].exp() * v[0].sum(-1, keepdim: true)));

    public int[] Argmax(Tensor x) => Indices(x, v => v.argmax(Axis(x, -1)));

    // libtorch's topk leaves the order of ties open; a stable sort does not.
    public int[] TopK(Tensor x, int k) => k >= 0 && k <= x.Size(-1)
        ? Indices(x, v => v.sort(-1, descending: true, stable: true).Indices.narrow(-1, 0, k))
        : throw new ArgumentException($"TopK: {k} of the last dimension of {Tensor.Describe(x.Shape)}.", nameof(k));

    public Tensor CrossEntropy(Tensor logits, ReadOnlySpan<int> targets)
    {
        (long[] rows, long[] wanted) = Targets(logits, targets);
        return Run([logits], v => v[0].log_softmax(1).index(On(v[0], rows), On(v[0], wanted)).mean() * -1);
    }

    // (softmax − 1 at the target) / rows that count · grad
    public Tensor CrossEntropyBackward(Tensor grad, Tensor logits, ReadOnlySpan<int> targets)
    {
        (long[] rows, long[] wanted) = Targets(logits, targets);
        return grad.Count != 1 ? throw Misfit(nameof(CrossEntropyBackward), grad, logits) : Run([logits, grad], v =>
        {
            torch.Tensor counted = On(v[0], rows);
            torch.Tensor slopes = v[0].index_select(0, counted).softmax(1);
            torch.Tensor ones = nn.functional.one_hot(On(v[0], wanted), logits.Size(1));
            return zeros_like(v[0]).index_copy(0, counted, (slopes - ones) * (v[1].reshape(1, 1) / rows.Length));
        });
    }

    // Rows whose target is not negative, and those targets.
    private static (long[] Rows, long[] Wanted) Targets(Tensor logits, ReadOnlySpan<int> targets)
    {
        RequireTargets(nameof(CrossEntropy), logits, targets);
        int[] given = targets.ToArray();
        int[] rows = [.. Enumerable.Range(0, given.Length).Where(row => given[row] >= 0)];
        return (Sizes(rows), Array.ConvertAll(rows, row => (long)given[row]));
    }

    private int[] Indices(Tensor x, Func<torch.Tensor, torch.Tensor> find) => Do([x], v =>
        Array.ConvertAll(find(Wide(v[0])).cpu().contiguous().flatten().data<long>().ToArray(), index => (int)index));
}
