using static MWork.Probes.Tensors.Shapes;

namespace MWork.Probes.Tensors.Managed;

public sealed unsafe partial class ManagedBackend
{
    /// <inheritdoc/>
    /// <remarks>A row of nothing but −∞ gives NaN, as in PyTorch: mask with large finite numbers.</remarks>
    public Tensor Softmax(Tensor x)
    {
        ManagedTensor input = Own(x);
        (int rows, int columns) = Matrix(x);
        var output = new ManagedTensor(x.Shape);
        float* from = input.Data;
        float* to = output.Data;
        ForRows(rows, columns, ArithmeticGrain, (start, end) =>
        {
            for (int i = start; i < end; i++)
            {
                Rows.Softmax(from + ((long)i * columns), to + ((long)i * columns), columns);
            }
        });
        GC.KeepAlive(input);
        return output;
    }

    public Tensor LogSoftmax(Tensor x)
    {
        ManagedTensor input = Own(x);
        (int rows, int columns) = Matrix(x);
        var output = new ManagedTensor(x.Shape);
        float* from = input.Data;
        float* to = output.Data;
        ForRows(rows, columns, ArithmeticGrain, (start, end) =>
        {
            for (int i = start; i < end; i++)
            {
                Rows.LogSoftmax(from + ((long)i * columns), to + ((long)i * columns), columns);
            }
        });
        GC.KeepAlive(input);
        return output;
    }

    public Tensor SoftmaxBackward(Tensor grad, Tensor output)
    {
        RequireSameShape("SoftmaxBackward", grad, output);
        ManagedTensor g = Own(grad);
        ManagedTensor y = Own(output);
        (int rows, int columns) = Matrix(grad);
        var result = new ManagedTensor(grad.Shape);
        float* gradient = g.Data;
        float* forward = y.Data;
        float* to = result.Data;
        ForRows(rows, columns, StreamGrain, (start, end) =>
        {
            for (int i = start; i < end; i++)
            {
                long at = (long)i * columns;
                Rows.SoftmaxBackward(gradient + at, forward + at, to + at, columns);
            }
        });
        GC.KeepAlive(g);
        GC.KeepAlive(y);
        return result;
    }

    public Tensor LogSoftmaxBackward(Tensor grad, Tensor output)
    {
        RequireSameShape("LogSoftmaxBackward", grad, output);
        ManagedTensor g = Own(grad);
        ManagedTensor y = Own(output);
        (int rows, int columns) = Matrix(grad);
        var result = new ManagedTensor(grad.Shape);
        float* gradient = g.Data;
        float* forward = y.Data;
        float* to = result.Data;
        ForRows(rows, columns, ArithmeticGrain, (start, end) =>
        {
            for (int i = start; i < end; i++)
            {
                long at = (long)i * columns;
                Rows.LogSoftmaxBackward(gradient + at, forward + at, to + at, columns);
            }
        });
        GC.KeepAlive(g);
        GC.KeepAlive(y);
        return result;
    }
}
