using MWork.Probes.Tensors;
using Shouldly;
using static MWork.Regression.Tensors.TensorData;

namespace MWork.Regression.Tensors;

public sealed class InplaceTests
{
    [Fact]
    public void A_copy_fills_one_row_or_all_and_nothing_else()
    {
        Tensor cache = Ops.Full(-1, 3, 2, 5, 4);
        Tensor all = Normal(1, 3, 2, 2, 4);
        Tensor one = Normal(2, 1, 2, 2, 4);
        Ops.CopyInplace(cache, -1, 2, 1, all);
        Ops.Narrow(cache, 2, 1, 2).ShouldHaveBitsOf(all);
        Ops.Narrow(cache, 2, 0, 1).ToArray().ShouldAllBe(v => v == -1);
        Ops.Narrow(cache, 2, 3, 2).ToArray().ShouldAllBe(v => v == -1);

        Ops.CopyInplace(cache, 1, 2, 3, one);
        Ops.Narrow(Ops.Narrow(cache, 0, 1, 1), 2, 3, 2).ShouldHaveBitsOf(one);
        Ops.CopyInplace(cache, 1, 2, 3, Ops.Reshape(one, 2, 2, 4));
        Ops.Narrow(Ops.Narrow(cache, 0, 1, 1), 2, 3, 2).ShouldHaveBitsOf(one);
        Ops.Narrow(Ops.Narrow(cache, 0, 0, 1), 2, 3, 2).ToArray().ShouldAllBe(v => v == -1);
        Ops.Narrow(cache, 2, 1, 2).ShouldHaveBitsOf(all);

        Should.Throw<ArgumentException>(() => Ops.CopyInplace(cache, -1, 2, 4, all)).Message.ShouldContain("[3, 2, 2, 4]");
        Should.Throw<ArgumentException>(() => Ops.CopyInplace(cache, 3, 2, 0, one));
        Should.Throw<ArgumentException>(() => Ops.CopyInplace(cache, -1, 2, 0, one));
    }

    [Fact]
    public void Add_changes_its_first_argument_only()
    {
        Tensor y = Normal(3, 33, 3);
        Tensor x = Normal(4, 33, 3);
        Tensor expected = Ops.Add(y, x);
        float[] kept = x.ToArray();
        Ops.AddInplace(y, x);
        y.ShouldHaveBitsOf(expected);
        x.ToArray().ShouldBe(kept);
    }

    // torch.optim.AdamW's formula by hand for one element: w = 1, g = 0.5, then g = −0.25; lr 0.1, weight decay 0.01.
    // Step 1: w = 0.999 − 0.1 · 1 = 0.899. Step 2: m = 0.02, m̂ = 0.02 / 0.19; v = 0.00031225, v̂ = v / 0.001999;
    // w = 0.899 · 0.999 − 0.1 · 0.105263158 / (0.395221910 + 1e-8) = 0.871466841.
    [Fact]
    public void Two_steps_of_AdamW_give_the_known_answer()
    {
        Tensor w = Ops.Full(1, 1);
        Tensor m = Ops.Full(0, 1);
        Tensor v = Ops.Full(0, 1);
        Ops.AdamWInplace(w, Ops.Full(0.5f, 1), m, v, new AdamWStep(1, 0.1f, 0.01f));
        w.Item().ShouldBe(0.899f, 1e-6f);
        Ops.AdamWInplace(w, Ops.Full(-0.125f, 1), m, v, new AdamWStep(2, 0.1f, 0.01f, GradScale: 2));
        w.Item().ShouldBe(0.871466841f, 1e-6f);
        m.Item().ShouldBe(0.02f, 1e-7f);
        v.Item().ShouldBe(0.00031225f, 1e-9f);
    }

    [Fact]
    public void AdamW_agrees_with_its_formula_over_many_steps()
    {
        const int Count = 33;
        float[] start = Values(5, Count);
        Tensor w = Ops.FromArray(start, Count);
        Tensor mean = Ops.Full(0, Count);
        Tensor variance = Ops.Full(0, Count);
        double[] p = start.Widen();
        var m = new double[Count];
        var v = new double[Count];
        for (int step = 1; step <= 20; step++)
        {
            float[] g = Values(100 + (ulong)step, Count);
            Ops.AdamWInplace(w, Ops.FromArray(g, Count), mean, variance, new AdamWStep(step, 0.01f, 0.1f));
            for (int i = 0; i < Count; i++)
            {
                m[i] = (0.9 * m[i]) + (0.1 * g[i]);
                v[i] = (0.999 * v[i]) + (0.001 * g[i] * g[i]);
                double size = Math.Sqrt(v[i] / (1 - Math.Pow(0.999, step))) + 1e-8;
                p[i] = (p[i] * (1 - (0.01 * 0.1))) - (0.01 * m[i] / (1 - Math.Pow(0.9, step)) / size);
            }
        }

        w.ShouldBeNear(p, 2e-6);
    }
}
