using static MWork.Probes.Tensors.Shapes;

namespace MWork.Probes.Tensors.Managed;

public sealed unsafe partial class ManagedBackend
{
    public Tensor RmsNorm(Tensor x, Tensor weight, float eps, float offset = 0)
    {
        (int rows, int columns) = RequireWeight("RmsNorm", x, weight);
        ManagedTensor input = Own(x);
        ManagedTensor w = Own(weight);
        var output = new ManagedTensor(x.Shape);
        float* from = input.Data;
        float* weights = w.Data;
        float* to = output.Data;
        ForRows(rows, columns, StreamGrain, (start, end) =>
        {
            for (int i = start; i < end; i++)
            {
                long at = (long)i * columns;
                float inverse = NormRows.InverseRms(from + at, columns, eps);
                NormRows.Apply(from + at, weights, null, 0, inverse, offset, to + at, columns);
            }
        });
        GC.KeepAlive(input);
        GC.KeepAlive(w);
        return output;
    }

    public (Tensor X, Tensor Weight) RmsNormBackward(Tensor grad, Tensor x, Tensor weight, float eps, float offset = 0)
    {
        RequireSameShape("RmsNormBackward", grad, x);
        (int rows, int columns) = RequireWeight("RmsNormBackward", x, weight);
        ManagedTensor g = Own(grad);
        ManagedTensor input = Own(x);
        ManagedTensor w = Own(weight);
        var xGrad = new ManagedTensor(x.Shape);
        var weightGrad = new ManagedTensor(weight.Shape);
        float* gradient = g.Data;
        float* from = input.Data;
        float* weights = w.Data;
        float* to = xGrad.Data;
        Storage scales = Storage.Rent(rows);
        float* inverse = scales.Data;
        ForRows(rows, columns, StreamGrain, (start, end) =>
        {
            for (int i = start; i < end; i++)
            {
                long at = (long)i * columns;
                inverse[i] = NormRows.InverseRms(from + at, columns, eps);
                NormRows.RmsBackward(gradient + at, from + at, weights, inverse[i], offset, to + at, columns);
            }
        });
        AccumulateWeights(gradient, from, null, inverse, weightGrad.Data, rows, columns);
        scales.Release();
        GC.KeepAlive(g);
        GC.KeepAlive(input);
        GC.KeepAlive(w);
        return (xGrad, weightGrad);
    }

    public Tensor LayerNorm(Tensor x, Tensor weight, Tensor? bias, float eps)
    {
        (int rows, int columns) = RequireWeight("LayerNorm", x, weight);
        if (bias is not null)
        {
            RequireSameShape("LayerNorm", weight, bias);
        }

        ManagedTensor input = Own(x);
        ManagedTensor w = Own(weight);
        ManagedTensor? b = bias is null ? null : Own(bias);
        var output = new ManagedTensor(x.Shape);
        float* from = input.Data;
        float* weights = w.Data;
        float* biases = b is null ? null : b.Data;
        float* to = output.Data;
        ForRows(rows, columns, StreamGrain, (start, end) =>
        {
            for (int i = start; i < end; i++)
            {
                long at = (long)i * columns;
                (float mean, float inverse) = NormRows.Moments(from + at, columns, eps);
                NormRows.Apply(from + at, weights, biases, mean, inverse, 0, to + at, columns);
            }
        });
        GC.KeepAlive(input);
        GC.KeepAlive(w);
        GC.KeepAlive(b);
        return output;
    }

    public (Tensor X, Tensor Weight, Tensor Bias) LayerNormBackward(Tensor grad, Tensor x, Tensor weight, float eps)
    {
        RequireSameShape("LayerNormBackward", grad, x);
        (int rows, int columns) = RequireWeight("LayerNormBackward", x, weight);
        ManagedTensor g = Own(grad);
        ManagedTensor input = Own(x);
        ManagedTensor w = Own(weight);
        var xGrad = new ManagedTensor(x.Shape);
        var weightGrad = new ManagedTensor(weight.Shape);
        var biasGrad = new ManagedTensor(weight.Shape);
        float* gradient = g.Data;
        float* from = input.Data;
        float* weights = w.Data;
        float* to = xGrad.Data;
        Storage moments = Storage.Rent(checked(2 * rows));
        float* means = moments.Data;
        float* inverse = means + rows;
        ForRows(rows, columns, StreamGrain, (start, end) =>
        {
            for (int i = start; i < end; i++)
            {
                long at = (long)i * columns;
                (means[i], inverse[i]) = NormRows.Moments(from + at, columns, eps);
                NormRows.LayerBackward(gradient + at, from + at, weights, means[i], inverse[i], to + at, columns);
            }
        });
        AccumulateWeights(gradient, from, means, inverse, weightGrad.Data, rows, columns);
        SumColumns(gradient, biasGrad.Data, 1, rows, columns);
        moments.Release();
        GC.KeepAlive(g);
        GC.KeepAlive(input);
        GC.KeepAlive(w);
        return (xGrad, weightGrad, biasGrad);
    }

    /// <summary>Σ over rows, in their order, of grad · (x − mean) · inverse.</summary>
    private void AccumulateWeights(float* grad, float* x, float* mean, float* inverse, float* to, int rows, int columns) =>
        ForColumns(1, columns, rows, (_, start, end) =>
        {
            new Span<float>(to + start, end - start).Clear();
            for (int i = 0; i < rows; i++)
            {
                long at = ((long)i * columns) + start;
                NormRows.AccumulateWeight(grad + at, x + at, mean == null ? 0 : mean[i], inverse[i], to + start, end - start);
            }
        });

    private static (int Rows, int Columns) RequireWeight(string operation, Tensor x, Tensor weight)
    {
        (int rows, int columns) = Matrix(x);
        return weight.Rank == 1 && weight.Count == columns
            ? (rows, columns)
            : throw Misfit(operation, x, weight, "the weight must have the size of the last dimension.");
    }
}
