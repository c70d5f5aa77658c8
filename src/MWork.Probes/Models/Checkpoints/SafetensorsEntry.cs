namespace MWork.Probes.Models.Checkpoints;

/// <summary>What a header says of one tensor.</summary>
public sealed class SafetensorsEntry
{
    private readonly int[] _shape;

    internal SafetensorsEntry(string name, SafetensorsDtype dtype, int[] shape, long begin, long end)
    {
        Name = name;
        Dtype = dtype;
        _shape = shape;
        Begin = begin;
        End = end;
    }

    public string Name { get; }

    public SafetensorsDtype Dtype { get; }

    /// <summary>Sizes, outermost first; empty for a scalar.</summary>
    public ReadOnlySpan<int> Shape => _shape;

    /// <summary>First byte, counted from the end of the header.</summary>
    public long Begin { get; }

    /// <summary>The byte after the last, counted from the end of the header.</summary>
    public long End { get; }

    public long ByteCount => End - Begin;

    /// <summary>Number of elements.</summary>
    public long Count => ByteCount / Dtype.Size();
}
