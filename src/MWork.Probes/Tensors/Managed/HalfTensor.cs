namespace MWork.Probes.Tensors.Managed;

/// <summary>
/// A matrix kept as float16 or bfloat16. Products and embeddings widen the rows they need while they read them; every other operation
/// widens a copy of the whole. Either way the result has the bits that the same matrix in float32 gives, because widening is exact.
/// </summary>
internal sealed unsafe class HalfTensor : Tensor
{
    private Storage? _storage;

    public HalfTensor(ScalarType type, ReadOnlySpan<int> shape)
        : base(shape)
    {
        Shapes.RequireMatrix(type, shape);
        Type = type;
        _storage = Storage.Exactly((Count + 1L) / 2);
    }

    public ScalarType Type { get; }

    public Span<ushort> Span => new(Data, Count);

    public HalfMatrix Matrix => new(Data, Size(1), Type);

    private ushort* Data =>
        (ushort*)(_storage ?? throw new ObjectDisposedException(ToString(), "The weights have been disposed.")).Data;

    public override void CopyTo(Span<float> destination) => HalfPrecision.Widen(Type, Span, destination[..Count]);

    /// <summary>The same elements as float32.</summary>
    public ManagedTensor Widen()
    {
        var wide = new ManagedTensor(Shape);
        CopyTo(wide.Span);
        return wide;
    }

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
