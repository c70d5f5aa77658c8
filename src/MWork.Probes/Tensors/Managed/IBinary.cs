using System.Runtime.Intrinsics;

namespace MWork.Probes.Tensors.Managed;

/// <summary>A function of two elements, for 16 pairs at a time.</summary>
internal interface IBinary
{
    static abstract Vector512<float> Apply(Vector512<float> a, Vector512<float> b);
}
