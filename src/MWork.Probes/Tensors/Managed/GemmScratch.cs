using System.Runtime.InteropServices;

namespace MWork.Probes.Tensors.Managed;

/// <summary>Aligned memory that grows to the largest request and is kept.</summary>
internal sealed unsafe class GemmScratch
{
    private const nuint Alignment = 64;
    private float* _data;
    private long _capacity;

    ~GemmScratch() => NativeMemory.AlignedFree(_data);

    /// <summary>At least <paramref name="count"/> floats with unspecified contents. Invalidates what was reserved before.</summary>
    public float* Reserve(long count)
    {
        if (count > _capacity)
        {
            NativeMemory.AlignedFree(_data);
            _data = null;
            _capacity = 0;
            _data = (float*)NativeMemory.AlignedAlloc((nuint)(count * sizeof(float)), Alignment);
            _capacity = count;
        }

        return _data;
    }
}
