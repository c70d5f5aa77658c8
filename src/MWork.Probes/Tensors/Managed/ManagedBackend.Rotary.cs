using System.Runtime.Intrinsics;
using static MWork.Probes.Tensors.Shapes;

namespace MWork.Probes.Tensors.Managed;

public sealed unsafe partial class ManagedBackend
{
    public Tensor RotaryEmbedding(Tensor x, Tensor cos, Tensor sin)
    {
        RequireSameShape("RotaryEmbedding", cos, sin);
        if (x.Rank != 4 || x.Size(3) % 2 != 0 || !cos.Shape.SequenceEqual([x.Size(0), x.Size(2), x.Size(3) / 2]))
        {
            throw Misfit("RotaryEmbedding", x, cos, "expected [B, H, T, d] and [B, T, d/2].");
        }

        ManagedTensor input = Own(x);
        ManagedTensor c = Own(cos);
        ManagedTensor s = Own(sin);
        var output = new ManagedTensor(x.Shape);
        (int heads, int positions, int half) = (x.Size(1), x.Size(2), x.Size(3) / 2);
        float* from = input.Data;
        float* cosines = c.Data;
        float* sines = s.Data;
        float* to = output.Data;
        ForRows(x.Size(0) * heads * positions, 2 * half, StreamGrain, (start, end) =>
        {
            for (int i = start; i < end; i++)
            {
                long angle = (((long)(i / positions / heads) * positions) + (i % positions)) * half;
                long at = (long)i * 2 * half;
                Rotate(from + at, cosines + angle, sines + angle, to + at, half);
            }
        });
        GC.KeepAlive(input);
        GC.KeepAlive(c);
        GC.KeepAlive(s);
        return output;
    }

    private static void Rotate(float* x, float* cos, float* sin, float* to, int half)
    {
        int i = 0;
        for (; i <= half - Lanes.Width; i += Lanes.Width)
        {
            Vector512<float> c = Vector512.Load(cos + i);
            Vector512<float> s = Vector512.Load(sin + i);
            Vector512<float> a = Vector512.Load(x + i);
            Vector512<float> b = Vector512.Load(x + half + i);
            ((a * c) - (b * s)).Store(to + i);
            ((b * c) + (a * s)).Store(to + half + i);
        }

        if (i < half)
        {
            Vector512<float> c = Vector512.Load(cos + i);
            Vector512<float> s = Vector512.Load(sin + i);
            Vector512<float> a = Vector512.Load(x + i);
            Vector512<float> b = Vector512.Load(x + half + i);
            Lanes.Store((a * c) - (b * s), to + i, half - i);
            Lanes.Store((b * c) + (a * s), to + half + i, half - i);
        }
    }
}
