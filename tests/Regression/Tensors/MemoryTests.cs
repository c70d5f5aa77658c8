using MWork.Probes.Tensors;
using MWork.Probes.Tensors.Managed;
using Shouldly;
using static MWork.Regression.Tensors.TensorData;

namespace MWork.Regression.Tensors;

// Watches a counter of the whole process, so nothing may run next to it.
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
[Collection(nameof(MemoryTests))]
public sealed class MemoryTests
{
    [Fact]
    public void Equal_work_in_a_loop_does_not_take_more_memory()
    {
        // One thread: with more, how many scratch blocks are out at once depends on timing.
        var ops = new ManagedBackend(1);
        using Tensor weight = Normal(1, 64, 64);
        Forward(ops, weight);
        long before = Storage.AllocatedBytes;
        for (int i = 0; i < 20; i++)
        {
            Forward(ops, weight);
        }

        Storage.AllocatedBytes.ShouldBeLessThanOrEqualTo(before);
    }

    [Fact]
    public void A_tensor_dies_with_its_scope_unless_it_is_kept()
    {
        Tensor lost;
        Tensor kept;
        using (var scope = new TensorScope())
        {
            lost = Normal(1, 3);
            kept = scope.Keep(Ops.Add(lost, 1f));
        }

        Should.Throw<ObjectDisposedException>(() => lost.ToArray());
        Should.Throw<ObjectDisposedException>(() => Ops.Add(kept, lost));
        kept.ToArray().Length.ShouldBe(3);
        kept.Dispose();
    }

    [Fact]
    public void A_reshaped_tensor_outlives_its_source()
    {
        Tensor source = Normal(2, 4, 3);
        float[] values = source.ToArray();
        using Tensor reshaped = Ops.Reshape(source, 12);
        source.Dispose();
        reshaped.ToArray().ShouldBe(values);
    }

    [Fact]
    public void Inputs_that_nobody_holds_live_until_the_operation_is_done()
    {
        // Without scopes, only the operation itself refers to the inner results.
        Tensor expected = Sum();
        for (int i = 0; i < 50; i++)
        {
            GC.Collect(0);
            Sum().ShouldHaveBitsOf(expected);
        }

        static Tensor Sum() => Ops.Sum(Ops.Softmax(Ops.Mul(Normal(3, 100, 300), 2f)), 0);
    }

    private static void Forward(ManagedBackend ops, Tensor weight)
    {
        using var scope = new TensorScope();
        Tensor x = ops.Linear(Normal(2, 2, 10, 64), weight);
        x = ops.RmsNorm(ops.Silu(x), ops.Full(1, 64), 1e-5f);
        Tensor heads = ops.Transpose(ops.Reshape(x, 2, 10, 4, 16), 1, 2);
        ops.Sum(ops.ScaledDotProductAttention(heads, heads, heads, null, 0.25f));
    }
}
