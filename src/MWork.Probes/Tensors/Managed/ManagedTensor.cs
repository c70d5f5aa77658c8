namespace MWork.Probes.Tensors.Managed;

/// <summary>A tensor in 64-byte aligned native memory. Reshaped tensors share their storage. A tensor that
/// nobody disposed is reclaimed with its storage.</summary>
internal sealed unsafe class ManagedTensor : Tensor
{
    private Storage? _storage;

    /// <summary>A tensor with unspecified contents.</summary>
    public ManagedTensor(ReadOnlySpan<int> shape)
        : base(shape) => _storage = Storage.Rent(Count);

    /// <summary>A tensor in memory that was made for it.</summary>
    public ManagedTensor(ReadOnlySpan<int> shape, Storage storage)
        : base(shape) => _storage = storage;

    /// <summary>A tensor of another shape over the same elements.</summary>
    public ManagedTensor(ManagedTensor source, ReadOnlySpan<int> shape)
        : base(shape) => _storage = source.Live.Share();

    public float* Data => Live.Data;

    public Span<float> Span => new(Data, Count);

    private Storage Live => _storage ?? throw new ObjectDisposedException(ToString(), "The tensor's scope has closed; Keep() it to use it outside.");

    public override void CopyTo(Span<float> destination) => Span.CopyTo(destination);

    protected override void Dispose(bool disposing)
    {
        Storage? storage = Interlocked.Exchange(ref _storage, null);
        storage?.Release();
        if (disposing)
        {
            TensorScope.Forget(this);
        }
    }
}
