namespace MWork.Probes.Tensors.Managed;

/// <summary>A size known when code is generated.</summary>
internal interface IExtent
{
    static abstract int Size { get; }
}
