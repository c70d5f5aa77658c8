using System.Runtime.Intrinsics;

namespace MWork.Probes.Tensors.Managed;

/// <summary>A function of one element, for 16 at a time. A type argument, so that the compiler inlines it into the loop.</summary>
internal interface IUnary
{
    static abstract Vector512<float> Apply(Vector512<float> x);
}
