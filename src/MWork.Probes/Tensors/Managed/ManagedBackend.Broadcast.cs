using System.Runtime.Intrinsics;

namespace MWork.Probes.Tensors.Managed;

public sealed unsafe partial class ManagedBackend
{
    private ManagedTensor Combine<TOp>(string operation, Tensor a, Tensor b)
        where TOp : struct, IBinary
    {
        ManagedTensor left = Own(a);
        ManagedTensor right = Own(b);
        ManagedTensor output;
        if (left.HasShapeOf(right))
        {
            output = new ManagedTensor(left.Shape);
            CombineFlat<TOp>(left.Data, right.Data, output.Data, left.Count, StreamGrain);
        }
        else
        {
            var layout = BroadcastLayout.Of(operation, a, b);
            if (right.Count == 1)
            {
                output = CombineScalar<TOp>(left, right.Data[0]);
            }
            else
            {
                output = new ManagedTensor(left.Shape);
                CombineRows<TOp>(left.Data, right.Data, output.Data, layout);
            }
        }

        GC.KeepAlive(left);
        GC.KeepAlive(right);
        return output;
    }

    private void CombineRows<TOp>(float* a, float* b, float* to, BroadcastLayout layout)
        where TOp : struct, IBinary
    {
        int inner = layout.Inner;
        ForRows(layout.Rows, inner, StreamGrain, (start, end) =>
        {
            for (int row = start; row < end; row++)
            {
                long at = (long)row * inner;
                float* right = b + layout.Offset(row);
                if (layout.InnerRepeats)
                {
                    CombineRow<TOp>(a + at, *right, to + at, inner);
                }
                else
                {
                    CombineRow<TOp>(a + at, right, to + at, inner);
                }
            }
        });
    }

    private static void CombineRow<TOp>(float* a, float* b, float* to, int count)
        where TOp : struct, IBinary
    {
        int i = 0;
        for (; i <= count - Lanes.Width; i += Lanes.Width)
        {
            TOp.Apply(Vector512.Load(a + i), Vector512.Load(b + i)).Store(to + i);
        }

        if (i < count)
        {
            Lanes.Store(TOp.Apply(Vector512.Load(a + i), Vector512.Load(b + i)), to + i, count - i);
        }
    }

    private static void CombineRow<TOp>(float* a, float b, float* to, int count)
        where TOp : struct, IBinary
    {
        Vector512<float> right = Vector512.Create(b);
        int i = 0;
        for (; i <= count - Lanes.Width; i += Lanes.Width)
        {
            TOp.Apply(Vector512.Load(a + i), right).Store(to + i);
        }

        if (i < count)
        {
            Lanes.Store(TOp.Apply(Vector512.Load(a + i), right), to + i, count - i);
        }
    }
}
