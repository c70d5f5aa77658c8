using System.Runtime.CompilerServices;
using static MWork.Probes.Tensors.Shapes;

namespace MWork.Probes.Tensors.Managed;

public sealed unsafe partial class ManagedBackend
{
    /// <inheritdoc/>
    /// <remarks>NaN when every row is left out, as in PyTorch.</remarks>
    public Tensor CrossEntropy(Tensor logits, ReadOnlySpan<int> targets)
    {
        int counted = RequireTargets("CrossEntropy", logits, targets);
        ManagedTensor input = Own(logits);
        int columns = logits.Size(1);
        int[] wanted = targets.ToArray();
        var losses = new float[wanted.Length];
        float* from = input.Data;
        ForRows(wanted.Length, columns, ArithmeticGrain, (start, end) =>
        {
            for (int i = start; i < end; i++)
            {
                if (wanted[i] >= 0)
                {
                    float* row = from + ((long)i * columns);
                    float max = Rows.Max(row, columns);
                    losses[i] = VectorTranscendentals.Log(Rows.ExpSum(row, columns, max)) - (row[wanted[i]] - max);
                }
            }
        });

        double sum = 0;
        foreach (float loss in losses)
        {
            sum += loss;
        }

        var output = new ManagedTensor([]);
        output.Data[0] = (float)(sum / counted);
        GC.KeepAlive(input);
        return output;
    }

    public Tensor CrossEntropyBackward(Tensor grad, Tensor logits, ReadOnlySpan<int> targets)
    {
        if (grad.Count != 1)
        {
            throw Misfit("CrossEntropyBackward", grad, logits, "the gradient must be a scalar.");
        }

        int counted = RequireTargets("CrossEntropyBackward", logits, targets);
        ManagedTensor input = Own(logits);
        int columns = logits.Size(1);
        int[] wanted = targets.ToArray();
        var output = new ManagedTensor(logits.Shape);
        float scale = grad.Item() / counted;
        float* from = input.Data;
        float* to = output.Data;
        ForRows(wanted.Length, columns, ArithmeticGrain, (start, end) =>
        {
            for (int i = start; i < end; i++)
            {
                CrossEntropyBackwardRow(from + ((long)i * columns), to + ((long)i * columns), columns, wanted[i], scale);
            }
        });
        GC.KeepAlive(input);
        return output;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CrossEntropyBackwardRow(float* x, float* to, int columns, int target, float scale)
    {
        if (target < 0)
        {
            new Span<float>(to, columns).Clear();
            return;
        }

        // (softmax − 1 at the target) · scale
        float sum = Rows.ExpSum(x, to, columns, Rows.Max(x, columns));
        Rows.Scale(to, to, columns, scale / sum);
        to[target] -= scale;
    }
}
