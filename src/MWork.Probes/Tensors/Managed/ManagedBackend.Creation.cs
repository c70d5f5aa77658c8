using static MWork.Probes.Tensors.Shapes;

namespace MWork.Probes.Tensors.Managed;

public sealed partial class ManagedBackend
{
    public Tensor FromArray(ReadOnlySpan<float> values, params ReadOnlySpan<int> shape)
    {
        RequireFilled(values.Length, shape);
        var output = new ManagedTensor(shape);
        values.CopyTo(output.Span);
        return output;
    }

    public Tensor Full(float value, params ReadOnlySpan<int> shape)
    {
        var output = new ManagedTensor(shape);
        output.Span.Fill(value);
        return output;
    }

    public Tensor Empty(ScalarType type, params ReadOnlySpan<int> shape) => type == ScalarType.Float32
        ? new ManagedTensor(shape, Storage.Exactly(Product(shape)))
        : new HalfTensor(type, shape);
}
