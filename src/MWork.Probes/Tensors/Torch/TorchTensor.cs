using TorchSharp;

namespace MWork.Probes.Tensors.Torch;

/// <summary>A tensor that libtorch holds, in whatever strides; float32, or a matrix of weights in 16 bits.</summary>
internal sealed class TorchTensor : Tensor
{
    private readonly Action? _released;
    private torch.Tensor? _value;

    /// <param name="value">In no scope of libtorch's own: it dies with this.</param>
    /// <param name="released">Called once, when it is disposed.</param>
    public TorchTensor(torch.Tensor value, Action? released = null)
        : base(Array.ConvertAll(value.shape, size => checked((int)size)))
    {
        _value = value;
        _released = released;
    }

    public torch.Tensor Value =>
        _value ?? throw new ObjectDisposedException(ToString(), "The tensor's scope has closed; Keep() it to use it outside.");

    /// <summary>A tensor [n] in the machine's own memory, in the scope that is open.</summary>
    public static torch.Tensor Host(ReadOnlySpan<float> values)
    {
        torch.Tensor host = torch.empty([values.Length], torch.float32);
        values.CopyTo(Floats(host));
        return host;
    }

    public override void CopyTo(Span<float> destination)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        Floats(Value.to(torch.float32, torch.CPU).contiguous().view(Count)).CopyTo(destination);
    }

    protected override void Dispose(bool disposing)
    {
        if (Interlocked.Exchange(ref _value, null) is { } value)
        {
            value.Dispose();
            _released?.Invoke();
        }

        TensorScope.Forget(this);
    }

    // What TorchSharp hands out as a span has at most int.MaxValue bytes; a tensor may have as many elements.
    private static unsafe Span<float> Floats(torch.Tensor host)
    {
        using torch.Tensor first = host.narrow(0, 0, Math.Min(1, host.numel()));
        fixed (byte* data = first.bytes)
        {
            return new Span<float>(data, checked((int)host.numel()));
        }
    }
}
