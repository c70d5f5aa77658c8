using TorchSharp;

namespace MWork.Probes.Tensors.Torch;

/// <summary>A tensor that libtorch holds, in whatever strides; float32, or a matrix of weights in 16 bits.</summary>
internal sealed class TorchTensor : Tensor
{
    // A gigabyte: what TorchSharp hands out as one span has at most int.MaxValue bytes.
    private const int Piece = 1 << 28;

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

    /// <summary>A tensor in the machine's own memory.</summary>
    public static torch.Tensor Host(ReadOnlySpan<float> values)
    {
        torch.Tensor host = torch.empty([values.Length], torch.float32);
        for (int start = 0; start < values.Length; start += Piece)
        {
            int length = Math.Min(Piece, values.Length - start);
            values.Slice(start, length).CopyTo(Floats(host, start, length));
        }

        return host;
    }

    public override void CopyTo(Span<float> destination)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor host = Value.to(torch.float32, torch.CPU).contiguous().view(Count);
        destination = destination[..Count];
        for (int start = 0; start < Count; start += Piece)
        {
            int length = Math.Min(Piece, Count - start);
            Floats(host, start, length).CopyTo(destination[start..]);
        }
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

    private static Span<float> Floats(torch.Tensor host, int start, int length)
    {
        using torch.Tensor piece = host.narrow(0, start, length);
        return System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(piece.bytes);
    }
}
