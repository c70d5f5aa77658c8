using MWork.Probes.Models;
using MWork.Probes.Models.Generation;
using MWork.Probes.Tensors;
using MWork.Regression.Models;
using Shouldly;

namespace MWork.Regression.Conformance;

// Watches a count of the whole process, so nothing may run next to it.
[CollectionDefinition(nameof(LeakTests), DisableParallelization = true)]
[Collection(nameof(LeakTests))]
public sealed class LeakTests
{
    public static TheoryData<string> Names => [.. Backends.BuiltIn];

    [Theory, MemberData(nameof(Names))]
    public void A_pass_forward_and_backward_and_a_generation_leave_no_tensor(string backend)
    {
        IBackend ops = BuiltIn.Get(backend);
        var weights = Initialization.Random(ops, TinyModel.Config, 1);
        var decoder = new Decoder(TinyModel.Config, weights);
        Work(ops, decoder);
        long before = Live(ops);
        Work(ops, decoder);
        Live(ops).ShouldBe(before);
        weights.Dispose();
        Live(ops).ShouldBe(before - weights.All.Count());
    }

    [Theory, MemberData(nameof(Names))]
    public void An_operation_that_refuses_leaves_none_either(string backend)
    {
        IBackend ops = BuiltIn.Get(backend);
        long before = Live(ops);
        using (new TensorScope())
        {
            Should.Throw<ArgumentException>(() => ops.MatMul(ops.Full(1, 2, 3), ops.Full(1, 2, 3)));
            Should.Throw<ArgumentException>(() => ops.Add(ops.Full(1, 3), ops.Full(1, 2, 3)));
        }

        Live(ops).ShouldBe(before);
    }

    [Theory, MemberData(nameof(Names))]
    public void What_is_kept_outlives_its_scope_and_what_is_not_says_so(string backend)
    {
        IBackend ops = BuiltIn.Get(backend);
        Tensor lost;
        Tensor kept;
        using (var scope = new TensorScope())
        {
            lost = ops.Full(1, 3);
            kept = scope.Keep(ops.Add(lost, 1f));
        }

        Should.Throw<ObjectDisposedException>(() => lost.ToArray()).Message.ShouldContain("Keep()");
        Should.Throw<ObjectDisposedException>(() => ops.Add(kept, lost));
        kept.ToArray().ShouldBe([2, 2, 2]);
        kept.Dispose();
    }

    private static void Work(IBackend ops, Decoder decoder)
    {
        using var scope = new TensorScope();
        var tape = new Tape(ops);
        foreach ((_, Tensor weight) in decoder.Weights.All)
        {
            tape.Watch(weight);
        }

        TokenBatch batch = TokenBatch.Of([[1, 5, 9], [2, 8]]);
        Tensor logits = decoder.Forward(tape, batch).Logits;
        tape.Backward(tape.CrossEntropy(tape.Reshape(logits, batch.Ids.Length, TinyModel.Config.VocabularySize), batch.NextTokens()));
        Generator.Generate(decoder, ops, [[1, 5, 9], [2]], new GenerationOptions { MaxNewTokens = 4 });
    }

    // What other tests left to the garbage collector goes first.
    private static long Live(IBackend ops)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return ops.LiveTensors;
    }
}
